"""Order lines that do not fit into memory, or lie elsewhere: counted on DuckDB or Spark, or handed over as facts."""
