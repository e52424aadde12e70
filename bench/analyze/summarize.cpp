// DuckDB's own summary of a CSV file, as its command line would run it: summarize FILE.csv
#include <duckdb.h>

#include <cstdio>
#include <string>

int main(int count, char** arguments) {
  if (count != 2) return 2;
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  duckdb_result result{};
  if (duckdb_open(nullptr, &database) != DuckDBSuccess || duckdb_connect(database, &connection) != DuckDBSuccess) return 1;
  const std::string sql = "SUMMARIZE SELECT * FROM read_csv('" + std::string(arguments[1]) + "')";
  const bool done = duckdb_query(connection, sql.c_str(), &result) == DuckDBSuccess;
  if (!done) std::fprintf(stderr, "%s\n", duckdb_result_error(&result));
  for (idx_t row = 0; done && row < duckdb_row_count(&result); ++row) {
    for (idx_t column = 0; column < duckdb_column_count(&result); ++column) {
      char* text = duckdb_value_varchar(&result, column, row);
      std::printf("%s\t", text != nullptr ? text : "");
      duckdb_free(text);
    }
    std::printf("\n");
  }
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return done ? 0 : 1;
}
