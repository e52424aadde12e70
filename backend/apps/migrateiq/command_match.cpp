#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/remote/chosen_server.hpp"
#include "apps/migrateiq/remote/remote_matching.hpp"
#include "apps/migrateiq/render_match.hpp"
#include "apps/migrateiq/run_job.hpp"
#include "base/errors/match.hpp"
#include "base/errors/plan.hpp"
#include "base/json_text.hpp"
#include "base/nearest.hpp"
#include "pipeline/match/csv_text.hpp"
#include "pipeline/match/match_json.hpp"
#include "pipeline/match/sample.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::cli {

namespace {

constexpr int64_t kSampleRows = 1000;
constexpr std::streamsize kMostBytes = std::streamsize{16} << 20;  ///< of a CSV file are looked at

Result<std::string> FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fail(codes::kMatchInput, "cannot read " + path);
  std::string text(static_cast<size_t>(kMostBytes), '\0');
  file.read(text.data(), kMostBytes);
  text.resize(static_cast<size_t>(file.gcount()));
  return text;
}

/// A path instead of a URL: read as it is written, so that the form of its values counts.
bool IsCsvPath(const std::string& given) {
  const std::filesystem::path path(given);
  const std::string extension = path.extension().string();
  std::error_code ignored;
  return (extension == ".csv" || extension == ".tsv" || extension == ".txt") &&
         std::filesystem::is_regular_file(path, ignored);
}

/// A file's name as its table's, unless it only says which side the file is.
std::string TableNameOf(const std::string& path) {
  static const std::set<std::string> silent = {"source", "target", "left", "right", "old",
                                               "new",    "a",      "b",    "in",    "out"};
  std::string name = std::filesystem::path(path).stem().string();
  return silent.contains(name) ? "" : name;
}

Result<std::vector<match::MatchTable>> ReadCsvFile(const std::string& path, int64_t rows) {
  MIQ_ASSIGN(const std::string text, FileText(path));
  match::MatchTable table = match::TableFromCsv(text, TableNameOf(path), {.most_rows = static_cast<size_t>(rows)});
  if (table.columns.empty()) return Fail(codes::kMatchInput, path + " is empty");
  return std::vector<match::MatchTable>{std::move(table)};
}

Status KeepOnly(const std::string& name, Catalog& catalog) {
  std::vector<std::string> names;
  for (const Table& table : catalog.tables) names.push_back(table.name.name);
  std::erase_if(catalog.tables,
                [&](const Table& table) { return table.name.name != name && table.name.ToString() != name; });
  if (!catalog.tables.empty()) return {};
  return Fail(codes::kSchemaMissing, "there is no table '" + name + "'" + DidYouMean(name, names));
}

/// One side of the comparison.
struct Side {
  std::string given;
  std::optional<std::string> table;
};

class MatchCommand : public Command {
 public:
  const char* name() const override { return "match"; }
  const char* summary() const override { return "Propose which columns of two tables or databases are the same"; }

  void Declare(Options& options) override {
    options.Positional("SOURCE", source_.given, "A CSV file, or the URL of a system");
    options.Positional("TARGET", target_.given, "What its columns shall become: a CSV file or URL");
    options.Text("--source-table", source_.table, "NAME", "Only this table of the source");
    options.Text("--target-table", target_.table, "NAME", "Only this table of the target");
    options.Number("--rows", rows_, 0, 100000,
                   "How many rows of a table are looked at (default: 1000; 0: names alone)");
    options.Text("--answers", answers_, "FILE",
                 "Decisions so far, a line each: source column, target column, yes or no");
    options.Text("--model", model_, "FILE", "Another model than the one that is part of the program");
    options.Example(
        "  migrateiq match customers.csv crm_contacts.csv\n  migrateiq match sqlite:shop.db "
        "'postgresql://app:${PG_PASSWORD}@db/crm' --json");
  }

  int Run(const Console& console) override {
    const Status done = Match(console);
    return done ? 0 : console.Fail(done.error());
  }

 private:
  int64_t rows() const { return rows_.value_or(kSampleRows); }

  Status Match(const Console& console) {
    const bool files = IsCsvPath(source_.given) && IsCsvPath(target_.given);  // which no server could see
    MIQ_ASSIGN(const std::string server, files ? Result<std::string>("") : ChosenServer(console));
    if (!server.empty()) return MatchThere(console, server);
    return WithEngine(console, [&](EngineContext& context) -> Status { return MatchHere(console, context); });
  }

  Status MatchThere(const Console& console, const std::string& server) const {
    MIQ_TRY(RefuseLocalFlags({{"--answers", answers_.has_value()}, {"--model", model_.has_value()}}));
    MIQ_ASSIGN(ApiClient client, ClientFor(console, server));
    RemoteJobs jobs(console, std::move(client));
    MIQ_ASSIGN(const RemoteMatching found, MatchRemotely(jobs, {.source_url = source_.given,
                                                                .target_url = target_.given,
                                                                .source_table = source_.table,
                                                                .target_table = target_.table,
                                                                .rows = rows()}));
    const bool one_pair = found.source.size() == 1 && found.target.size() == 1 && found.matches.size() == 1;
    if (one_pair)
      Show(console, found.source[0], found.target[0], found.matches[0].columns);
    else
      Show(console, found.source, found.target, found.matches);
    return {};
  }

  Status MatchHere(const Console& console, EngineContext& context) {
    MIQ_ASSIGN(const std::vector<match::MatchTable> source, Read(source_, context));
    MIQ_ASSIGN(const std::vector<match::MatchTable> target, Read(target_, context));
    match::Model model;
    match::MatchOptions options;
    MIQ_ASSIGN(options.answers, ReadAnswers());
    if (model_) {
      MIQ_ASSIGN(const std::string text, FileText(*model_));
      MIQ_ASSIGN(model, match::ReadModel(text));
      options.model = &model;
    }
    if (source.size() == 1 && target.size() == 1)
      Show(console, source[0], target[0], match::MatchTables(source[0], target[0], options));
    else
      Show(console, source, target, match::MatchSystems(source, target, options));
    return {};
  }

  template <class Tables, class Found>
  static void Show(const Console& console, const Tables& source, const Tables& target, const Found& found) {
    console.Result(JsonText(match::ToJson(source, target, found)), MatchText(source, target, found));
  }

  Result<std::vector<match::MatchTable>> Read(const Side& side, EngineContext& context) const {
    if (IsCsvPath(side.given)) return ReadCsvFile(side.given, rows());
    MIQ_ASSIGN(const Url url, ParseUrl(side.given, context.secrets));
    MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(url.scheme));
    MIQ_ASSIGN(const std::unique_ptr<Source> source, OpenSource(url, {.stop = context.stop}));
    MIQ_ASSIGN(Catalog catalog, source->Discover({.schemas = {}, .probe_values = false, .others = false}));
    if (side.table) MIQ_TRY(KeepOnly(*side.table, catalog));
    if (catalog.tables.empty()) return Fail(codes::kMatchInput, url.redacted + " holds no tables");
    MIQ_ASSIGN(match::SystemTables system,
               match::ReadSystem(*source, catalog, !connector->info().guesses_types, rows()));
    return std::move(system.tables);
  }

  Result<std::vector<match::Answer>> ReadAnswers() const {
    std::vector<match::Answer> answers;
    if (!answers_) return answers;
    MIQ_ASSIGN(const std::string text, FileText(*answers_));
    size_t number = 0;
    for (const std::vector<std::string>& row : match::ReadCsv(text, {.delimiter = ','})) {
      ++number;
      if (row.size() == 1 && row[0].empty()) continue;
      if (row.size() != 3 || (row[2] != "yes" && row[2] != "no"))
        return Fail(codes::kMatchAnswers, *answers_ + " line " + std::to_string(number) + " is no decision");
      answers.push_back({row[0], row[1], row[2] == "yes"});
    }
    return answers;
  }

  Side source_, target_;
  std::optional<int64_t> rows_;
  std::optional<std::string> answers_, model_;
};

}  // namespace

CommandPtr MakeMatch() { return std::make_unique<MatchCommand>(); }

}  // namespace migrateiq::cli
