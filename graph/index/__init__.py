"""The index: events by time, participant and pair as memory-mapped integer columns (door: numpy).

What feeds it is one `Columns` value (graph/index/columns.py), from whatever source:

* `gather.from_store(store)` reads the curated claims;
* a bulk source makes its own and hands it to `build.build(columns)`, or joins several with
  `columns.join(...)`.

Every column is an integer array.
Days are `graph.when` day numbers; entities and kinds are positions in the lists given beside them.

    events          first, last   the days between which the event certainly began (closed)
                    kind          position in `kinds`
                    known         the first day on which somebody had published its date
                    deaths        -1 when nobody counts any
                    ids           text ids, or a NumPy bytes array of them
    participations  p_event, p_entity, p_role (position in `ROLES`), p_known
                    A word that tells what an event is about is an entity `~word` in the role "word"
                    (see `words.words_of`); it never makes a pair.
    closure         c_part, c_whole, c_percent, c_first, c_last, c_known:
                    what the part does between two days counts to so many percent for the whole
                    (a leader for the state, an organ, an owner, a citizen, a place)
    voices          v_event, v_voice (any number that names an independent voice), v_known
    links           l_later, l_earlier, l_kind (position in `LINKS`), l_percent (100 unless contested),
                    l_known, l_claims (claim ids)
    about           a_event, a_about, a_known: an event that is about another event
    revisions       r_event, r_known, r_first, r_last, r_deaths: what was believed from that day on,
                    only for events whose date or count changed as more was published

Events, participations and the rest may come in any order; equal content gives equal bytes.
"""
