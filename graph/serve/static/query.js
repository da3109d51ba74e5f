"use strict";
// Runs the form's query without leaving the page and shows solutions as a table; without it the form still works.
const form = document.querySelector("form");
const result = document.getElementById("result");
const status = document.getElementById("status");
const examples = document.getElementById("example");

fetch("api/queries").then((answer) => answer.json()).then((list) => {
  for (const item of list.queries) {
    const option = document.createElement("option");
    option.textContent = item.title;
    option.value = item.query;
    examples.append(option);
  }
  examples.hidden = false;
  examples.addEventListener("change", () => { form.query.value = examples.value; });
});

function cell(term) {
  const td = document.createElement("td");
  if (term) {
    const bdi = document.createElement("bdi");
    bdi.textContent = term.value.replace("https://backstory.example/", "");
    td.append(bdi);
  }
  return td;
}

function show(answer) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of answer.head.vars) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const body = table.createTBody();
  for (const row of answer.results.bindings) {
    const tr = body.insertRow();
    for (const name of answer.head.vars) tr.append(cell(row[name]));
  }
  result.replaceChildren(table);
  status.textContent = `${answer.results.bindings.length} rows`;
}

form.addEventListener("submit", async (event) => {
  if (form.format.value !== "json") return;
  event.preventDefault();
  status.textContent = "Running…";
  const answer = await fetch("sparql", {
    method: "POST",
    headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json" },
    body: form.query.value,
  });
  const value = await answer.json();
  if (!answer.ok) {
    result.replaceChildren();
    status.textContent = `${value.detail}${value.hint ? ` (${value.hint})` : ""}`;
  } else if (value.results) {
    show(value);
  } else {
    result.replaceChildren();
    status.textContent = value.boolean === undefined ? "No rows" : String(value.boolean);
  }
});
