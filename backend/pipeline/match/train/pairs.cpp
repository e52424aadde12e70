#include "pipeline/match/train/pairs.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/errors/match.hpp"
#include "pipeline/match/csv_text.hpp"

namespace migrateiq::match {

namespace {

Result<std::string> FileText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Fail(codes::kMatchInput, "cannot read " + path.string());
  return std::move(text).str();
}

size_t IndexOf(const MatchTable& table, std::string_view column) {
  const auto found = std::ranges::find(table.columns, column, &MatchColumn::name);
  return static_cast<size_t>(found - table.columns.begin());
}

Result<std::set<ColumnPair>> ReadTruth(const std::filesystem::path& path, const LabelledPair& pair) {
  MIQ_ASSIGN(const std::string text, FileText(path));
  boost::system::error_code failed;
  const boost::json::value document = boost::json::parse(text, failed);
  const auto* matches = failed ? nullptr : document.is_object() ? document.as_object().if_contains("matches") : nullptr;
  if (matches == nullptr || !matches->is_array())
    return Fail(codes::kMatchInput, path.string() + " has no list of matches");
  std::set<ColumnPair> truth;
  for (const boost::json::value& match : matches->as_array()) {
    if (!match.is_array() || match.as_array().size() != 2)
      return Fail(codes::kMatchInput, path.string() + " has a match that is no pair");
    const auto* source = match.as_array()[0].if_string();
    const auto* target = match.as_array()[1].if_string();
    if (source == nullptr || target == nullptr)
      return Fail(codes::kMatchInput, path.string() + " has a match without names");
    const ColumnPair found{IndexOf(pair.source, *source), IndexOf(pair.target, *target)};
    if (found.first < pair.source.columns.size() && found.second < pair.target.columns.size()) truth.insert(found);
  }
  return truth;
}

Result<LabelledPair> ReadOne(const std::filesystem::path& folder) {
  LabelledPair pair{.name = folder.filename().string(), .family = {}, .source = {}, .target = {}, .truth = {}};
  pair.family = pair.name.substr(0, pair.name.find("__"));
  MIQ_ASSIGN(const std::string source, FileText(folder / "source.csv"));
  MIQ_ASSIGN(const std::string target, FileText(folder / "target.csv"));
  pair.source = TableFromCsv(source, "");
  pair.target = TableFromCsv(target, "");
  MIQ_ASSIGN(pair.truth, ReadTruth(folder / "truth.json", pair));
  return pair;
}

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

size_t AddColumn(MatchTable& table, std::string_view name) {
  const size_t known = IndexOf(table, name);
  if (known == table.columns.size()) table.columns.emplace_back().name = name;
  return known;
}

void AddLine(std::string_view line, LabelledPair& pair) {
  if (line.starts_with("- ")) {
    AddColumn(pair.target, Trimmed(line.substr(2)));
  } else if (line.ends_with(" -")) {
    AddColumn(pair.source, Trimmed(line.substr(0, line.size() - 2)));
  } else if (const size_t equals = line.find(" = "); equals != std::string_view::npos) {
    const size_t source = AddColumn(pair.source, Trimmed(line.substr(0, equals)));
    pair.truth.emplace(source, AddColumn(pair.target, Trimmed(line.substr(equals + 3))));
  }
}

}  // namespace

Result<std::vector<LabelledPair>> ReadPairFolders(const std::string& folder) {
  std::vector<std::filesystem::path> folders;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.is_directory() && std::filesystem::exists(entry.path() / "truth.json")) folders.push_back(entry.path());
  std::ranges::sort(folders);
  std::vector<LabelledPair> pairs;
  for (const std::filesystem::path& path : folders) {
    MIQ_ASSIGN(LabelledPair pair, ReadOne(path));
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::vector<LabelledPair> ReadNamePairs(std::string_view text, const std::string& family) {
  std::vector<LabelledPair> pairs;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = Trimmed(text.substr(at, end - at));
    at = end + 1;
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("== ")) {
      LabelledPair& pair = pairs.emplace_back();
      pair.name = line.substr(3);
      pair.family = family;
    } else if (!pairs.empty()) {
      AddLine(line, pairs.back());
    }
  }
  return pairs;
}

}  // namespace migrateiq::match
