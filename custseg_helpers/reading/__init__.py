"""From bytes to tables as they stand: CSV, Excel, parquet, databases; numbers and dates as people write them."""
