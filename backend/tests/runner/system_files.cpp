#include <duckdb.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/runner/process.hpp"
#include "tests/runner/scenario.hpp"
#include "tests/runner/system.hpp"

namespace migrateiq::runner {
namespace {

/// An in-memory DuckDB, to look into CSV, JSON and Parquet files with.
class Duck {
 public:
  Duck() {
    duckdb_open(nullptr, &database_);
    duckdb_connect(database_, &connection_);
  }
  ~Duck() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
  }
  Duck(const Duck&) = delete;
  Duck& operator=(const Duck&) = delete;

  Outcomes<Rows> Query(const std::string& sql) {
    duckdb_result result;
    const duckdb_state state = duckdb_query(connection_, sql.c_str(), &result);
    Outcomes<Rows> rows = Rows{};
    if (state == DuckDBSuccess) {
      rows = ToRows(result);
    } else {
      const char* message = duckdb_result_error(&result);
      rows = std::unexpected(message == nullptr ? "DuckDB refused the query" : message);
    }
    duckdb_destroy_result(&result);
    return rows;
  }

 private:
  static Rows ToRows(duckdb_result& result) {
    Rows rows;
    for (idx_t row = 0; row < duckdb_row_count(&result); ++row) {
      std::vector<std::string> values;
      for (idx_t column = 0; column < duckdb_column_count(&result); ++column)
        values.push_back(Value(result, column, row));
      rows.push_back(JoinRow(values));
    }
    return rows;
  }

  static std::string Value(duckdb_result& result, idx_t column, idx_t row) {
    if (duckdb_value_is_null(&result, column, row)) return ShowValue(std::nullopt);
    char* text = duckdb_value_varchar(&result, column, row);
    std::string shown = ShowValue(std::string_view(text == nullptr ? "" : text));
    duckdb_free(text);
    return shown;
  }

  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

/// A folder of CSV, JSON Lines or Parquet files. Content is given as `== name [escaped]` lines and what follows each.
class Folder final : public System {
 public:
  explicit Folder(const SystemRequest& request)
      : scheme_(request.kind), path_(request.folder + "/" + UniqueName(request.role)), parameters_(request.parameters) {
    if (request.role == "source") std::filesystem::create_directories(path_);
  }

  std::string Url() const override { return scheme_ + ":" + path_ + parameters_; }
  std::string name() const override { return path_; }

  Outcomes<void> Execute(const std::string& text) override {
    std::istringstream lines(text);
    std::string line, file, content;
    bool escaped = false;
    while (std::getline(lines, line)) {
      if (!line.starts_with("== ")) {
        content += line + "\n";
        continue;
      }
      Store(file, content, escaped);
      const std::vector<std::string> words = SplitWords(line.substr(3));
      file = words.at(0);
      escaped = words.size() > 1;
      content.clear();
    }
    Store(file, content, escaped);
    return {};
  }

  Outcomes<Rows> Query(const std::string& sql) override { return Duck().Query(sql); }
  Outcomes<Rows> Columns(const std::string& table) override {
    const std::string file = "'" + path_ + "/" + table + "." + scheme_ + "'";
    return Query("SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM " + file + ")");
  }
  int64_t LedgerLines() override { return std::filesystem::exists(path_ + "/_migrateiq.json") ? 1 : 0; }

 private:
  /// Escaped content is the bytes it says, line by line and without a line end that it does not write itself.
  void Store(const std::string& file, const std::string& content, bool escaped) const {
    if (file.empty()) return;
    const std::filesystem::path target = path_ + "/" + file;
    std::filesystem::create_directories(target.parent_path());
    WriteFile(target, escaped ? Unescape(ReplaceAll(content, "\n", "")) : content);
  }

  std::string scheme_, path_, parameters_;
};

/// A URL and nothing behind it that could be looked at: `fake:`, `assert:`, or one written out.
class Plain final : public System {
 public:
  explicit Plain(const SystemRequest& request)
      : url_(request.kind == "url" ? request.parameters : request.kind + ":" + request.parameters) {}
  std::string Url() const override { return url_; }
  std::string name() const override { return url_; }
  Outcomes<void> Execute(const std::string&) override { return std::unexpected("nothing can be set up here"); }
  Outcomes<Rows> Query(const std::string&) override { return std::unexpected("nothing can be asked here"); }
  Outcomes<Rows> Columns(const std::string&) override { return std::unexpected("nothing can be asked here"); }
  int64_t LedgerLines() override { return 0; }

 private:
  std::string url_;
};

}  // namespace

Outcomes<std::unique_ptr<System>> MakeFolder(const SystemRequest& request) { return std::make_unique<Folder>(request); }
Outcomes<std::unique_ptr<System>> MakePlain(const SystemRequest& request) { return std::make_unique<Plain>(request); }

}  // namespace migrateiq::runner
