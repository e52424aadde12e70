// Columns of public data sets that stand beside the project, with labels of ours: nothing absurd is found in them.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <sqlite3.h>

#include "pipeline/semantic/semantic.hpp"

namespace migrateiq {
namespace {

namespace fs = std::filesystem;

using Row = std::vector<std::string>;

struct Table {
  std::string name;
  Row columns;
  std::vector<Row> values;  ///< by column

  void Add(const Row& row) {
    values.resize(columns.size());
    for (size_t i = 0; i < std::min(row.size(), columns.size()); ++i) values[i].push_back(row[i]);
  }
};

constexpr size_t kMostRows = 80;

fs::path Shared() {
  const char* shared = std::getenv("MIQ_SHARED");
  return shared != nullptr ? fs::path(shared) : fs::path(MIQ_SOURCE_DIR).parent_path() / "shared";
}

std::string Read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Rows of CSV; quotes may hold line ends.
std::vector<Row> ParseCsv(std::string_view text) {
  std::vector<Row> rows(1, Row(1));
  bool quoted = false;
  for (const char c : text) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      rows.back().emplace_back();
    else if (c == '\n' && !quoted)
      rows.push_back(Row(1));
    else if (c != '\r')
      rows.back().back() += c;
  }
  if (rows.back() == Row(1)) rows.pop_back();
  return rows;
}

Table ReadCsv(const fs::path& path) {
  const std::vector<Row> rows = ParseCsv(Read(path));
  Table table{.name = path.parent_path().filename().string() + "/" + path.stem().string()};
  if (rows.empty()) return table;
  table.columns = rows[0];
  for (size_t i = 1; i < std::min(rows.size(), kMostRows); ++i) table.Add(rows[i]);
  return table;
}

Row TextsOf(sqlite3_stmt* statement, bool names) {
  Row row;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    const char* text =
        names ? sqlite3_column_name(statement, i) : reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
    row.emplace_back(text == nullptr ? "" : text);
  }
  return row;
}

Table Select(sqlite3* database, const std::string& name) {
  Table table{.name = name};
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, fmt::format("select * from \"{}\" limit {}", name, kMostRows).c_str(), -1, &statement,
                     nullptr);
  table.columns = TextsOf(statement, true);
  while (sqlite3_step(statement) == SQLITE_ROW) table.Add(TextsOf(statement, false));
  sqlite3_finalize(statement);
  return table;
}

std::vector<Table> ReadChinook() {
  std::vector<Table> tables;
  sqlite3* database = nullptr;
  const std::string path = "file:" + (Shared() / "datasets/chinook/chinook.sqlite").string() + "?immutable=1";
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr) == SQLITE_OK) {
    for (const char* name : {"Album", "Artist", "Customer", "Employee", "Genre", "Invoice", "InvoiceLine", "MediaType",
                             "Playlist", "Track"}) {
      tables.push_back(Select(database, name));
    }
  }
  sqlite3_close(database);
  return tables;
}

/// Columns of "CREATE TABLE name (" in a MySQL script: lines of two blanks and a small letter.
std::map<std::string, Row> MySqlColumns(const fs::path& script) {
  std::map<std::string, Row> columns;
  std::ifstream file(script);
  std::string table;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("CREATE TABLE ")) table = line.substr(13, line.find(' ', 13) - 13);
    if (line.starts_with(")")) table.clear();
    if (!table.empty() && line.size() > 3 && line[2] >= 'a' && line[2] <= 'z')
      columns[table].push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return columns;
}

/// The rows of "(1,'a\'b',NULL),(...)".
void AddMySqlRows(std::string_view text, Table& table) {
  Row row;
  std::string value;
  bool quoted = false, inside = false;
  for (size_t i = 0; i < text.size() && (table.values.empty() || table.values[0].size() < kMostRows); ++i) {
    const char c = text[i];
    if (quoted && c == '\\' && i + 1 < text.size()) {
      value += text[++i];
    } else if (c == '\'') {
      quoted = !quoted;
    } else if (quoted) {
      value += c;
    } else if (c == '(' && !inside) {
      inside = true;
    } else if (inside && (c == ',' || c == ')')) {
      row.push_back(value == "NULL" ? "" : value);
      value.clear();
      if (c == ')') {
        table.Add(row);
        row.clear();
        inside = false;
      }
    } else if (inside) {
      value += c;
    } else if (c == ';') {
      return;
    }
  }
}

std::vector<Table> ReadSakila() {
  const fs::path folder = Shared() / "datasets/sakila";
  std::vector<Table> tables;
  const std::string data = fs::exists(folder) ? Read(folder / "sakila-mysql-data.sql") : "";
  for (const auto& [name, columns] : MySqlColumns(folder / "sakila-mysql-schema.sql")) {
    Table table{.name = name, .columns = columns};
    const size_t at = data.find("INSERT INTO " + name + " VALUES");
    if (at != std::string::npos) AddMySqlRows(std::string_view(data).substr(at + name.size() + 19), table);
    table.values.resize(columns.size());
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<Table> ReadMatching() {
  std::vector<Table> tables;
  const fs::path folder = Shared() / "matching";
  if (!fs::exists(folder)) return tables;
  for (const auto& pair : fs::directory_iterator(folder)) {
    for (const char* side : {"source.csv", "target.csv"}) {
      if (fs::exists(pair.path() / side)) tables.push_back(ReadCsv(pair.path() / side));
    }
  }
  // Several splits of one table are much alike: two of four are enough for a short run.
  const bool all = std::getenv("MIQ_SLOW") != nullptr && std::string_view(std::getenv("MIQ_SLOW")) == "1";
  std::erase_if(tables, [&](const Table& table) {
    return table.values.empty() || (!all && (table.name.contains("_joinable") || table.name.contains("_viewunion")));
  });
  std::ranges::sort(tables, {}, &Table::name);
  return tables;
}

SemanticGuess GuessOf(const Table& table, size_t column, std::string_view table_name) {
  std::vector<std::string_view> values, neighbours;
  for (const std::string& value : table.values[column]) {
    if (!value.empty()) values.push_back(value);
  }
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (i != column) neighbours.push_back(table.columns[i]);
  }
  return Detect({.name = table.columns[column], .table = table_name, .values = values, .neighbours = neighbours});
}

/// "saas__jira_issue__gitlab_issue/source" -> the data set without its side; the splits of one table of fabdev are one.
std::string DataSetOf(const std::string& table) {
  const std::string pair = table.substr(0, table.find('/'));
  return pair.starts_with("fabdev__") ? pair.substr(0, pair.rfind('_')) : pair;
}

using Labels = std::map<std::pair<std::string, std::string>, std::string>;

Labels ReadLabels() {
  Labels labels;
  std::ifstream file(MIQ_SOURCE_DIR "/backend/pipeline/semantic/data/public_labels.txt");
  for (std::string line; std::getline(file, line);) {
    const size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (line.starts_with('#') || second == std::string::npos) continue;
    labels[{line.substr(0, first), line.substr(first + 1, second - first - 1)}] = line.substr(second + 1);
  }
  return labels;
}

bool Allows(std::string_view label, std::string_view kind) {
  const std::string wanted = fmt::format("|{}|", kind.empty() ? "-" : kind);
  return fmt::format("|{}|", label).contains(wanted);
}

struct Outcome {
  int columns = 0, labelled = 0, found = 0, right = 0;
  std::string mistakes;

  void Add(const std::string& where, std::string_view label, const SemanticGuess& guess) {
    ++columns;
    const bool may_be_none = Allows(label, "");
    const bool good = !guess.kind.empty() && Allows(label, guess.kind);
    labelled += good || !may_be_none ? 1 : 0;
    found += guess.kind.empty() ? 0 : 1;
    right += good ? 1 : 0;
    if (!Allows(label, guess.kind))
      mistakes += fmt::format("{}: {} for {}\n", where, guess.kind.empty() ? "nothing" : guess.kind, label);
  }
  double Precision() const { return found == 0 ? 1 : static_cast<double>(right) / found; }
  double Recall() const { return labelled == 0 ? 1 : static_cast<double>(right) / labelled; }
};

Outcome Judge(const std::vector<Table>& tables, const std::string& set) {
  static const Labels kLabels = ReadLabels();
  Outcome outcome;
  for (const Table& table : tables) {
    const std::string data_set = set.empty() ? DataSetOf(table.name) : set + "/" + table.name;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const auto label = kLabels.find({data_set, table.columns[i]});
      if (label == kLabels.end()) continue;
      outcome.Add(data_set + "." + table.columns[i], label->second, GuessOf(table, i, set.empty() ? "" : table.name));
    }
  }
  return outcome;
}

void Report(const char* name, const Outcome& outcome) {
  const std::string text =
      fmt::format("{}: {} columns, {} with a meaning, {} found, precision {:.3f}, recall {:.3f}\n", name,
                  outcome.columns, outcome.labelled, outcome.found, outcome.Precision(), outcome.Recall());
  std::cout << text;
  if (std::getenv("MIQ_MISTAKES") != nullptr) std::cout << outcome.mistakes;
}

TEST(SemanticOfPublicData, ChinookAndSakila) {
  const Outcome chinook = Judge(ReadChinook(), "chinook"), sakila = Judge(ReadSakila(), "sakila");
  if (chinook.columns == 0 || sakila.columns == 0)
    GTEST_SKIP() << "no data sets in " << Shared() / "datasets"
                 << " (MIQ_SHARED)";
  Report("chinook", chinook);
  Report("sakila", sakila);
  EXPECT_GE(std::min(chinook.Precision(), sakila.Precision()), 0.95) << chinook.mistakes << sakila.mistakes;
  EXPECT_GE(std::min(chinook.Recall(), sakila.Recall()), 0.95) << chinook.mistakes << sakila.mistakes;
}

/// Web tables, exports of applications, and people made by a name generator, half of them with typos and wrong types.
TEST(SemanticOfPublicData, NoisyTables) {
  const Outcome outcome = Judge(ReadMatching(), "");
  if (outcome.columns == 0)
    GTEST_SKIP() << "no tables in " << Shared() / "matching"
                 << " (MIQ_SHARED)";
  Report("matching", outcome);
  EXPECT_GE(outcome.Precision(), 0.95) << outcome.mistakes;
  EXPECT_GE(outcome.Recall(), 0.90) << outcome.mistakes;
}

}  // namespace
}  // namespace migrateiq
