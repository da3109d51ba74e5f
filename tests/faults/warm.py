"""What a forked command need not load again: imported by the server of forks, see `tests.faults.forked`."""

import polars  # noqa: F401
import pyoxigraph  # noqa: F401

import graph.add.general
import graph.add.layers
import graph.cli.add
import graph.cli.bulk
import graph.cli.import_
import graph.names.sure
import graph.sources.icews.importer
import graph.sources.rdf_files.importer  # noqa: F401
from graph import model
from graph.sources import countries

model.load()
countries.by_name()
