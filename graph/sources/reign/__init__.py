"""Leaders 1945–2021 from the REIGN leader list."""
