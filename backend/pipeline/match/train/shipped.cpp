#include "pipeline/match/train/shipped.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/errors/match.hpp"
#include "pipeline/match/embedded.hpp"
#include "pipeline/match/train/generator.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr int kRows = 50;

Result<std::string> FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Fail(codes::kMatchInput, "cannot read " + path);
  return std::move(text).str();
}

void Append(std::vector<LabelledPair>& pairs, std::vector<LabelledPair> more) {
  for (LabelledPair& pair : more) pairs.push_back(std::move(pair));
}

/// The files that a training set is made of, in a fixed order.
std::vector<std::string> InputFiles(const std::string& folder) {
  std::vector<std::string> files = {folder + "/tables.txt", folder + "/name_pairs.txt"};
  std::error_code failed;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder + "/pairs", failed))
    if (entry.is_regular_file() && entry.path().extension() != ".md") files.push_back(entry.path().string());
  std::sort(files.begin() + 2, files.end());
  return files;
}

}  // namespace

Result<std::vector<LabelledPair>> ShippedTrainingSet(const ShippedOptions& options) {
  const Lexicon& lexicon = Lexicon::Shipped();
  MIQ_ASSIGN(const std::string tables, FileText(options.folder + "/tables.txt"));
  MIQ_ASSIGN(const std::string names, FileText(options.folder + "/name_pairs.txt"));
  std::vector<LabelledPair> all =
      GeneratePairs(tables, lexicon, {.seed = 1, .pairs = options.generated, .rows = kRows});
  const std::vector<LabelledPair> half(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2));
  Append(all, Widened(half, lexicon, 5));
  const std::vector<LabelledPair> written = ReadNamePairs(names, "names");
  Append(all, Widened(written, lexicon, 7));
  Append(all, Widened(written, lexicon, 9));
  MIQ_ASSIGN(std::vector<LabelledPair> folders, ReadPairFolders(options.folder + "/pairs"));
  Append(all, std::move(folders));
  std::erase_if(all, [&](const LabelledPair& pair) { return options.leave_out.contains(pair.family); });
  return all;
}

Result<std::string> LineageOf(const ShippedOptions& options) {
  uint64_t hash = StableHash(fmt::format("{} generated", options.generated));
  for (const std::string& file : InputFiles(options.folder)) {
    MIQ_ASSIGN(const std::string text, FileText(file));
    hash = StableHash(text, hash);
  }
  for (const std::string_view text : embedded::LexiconConcepts()) hash = StableHash(text, hash);
  return fmt::format("training set {:016x}", StableHash(embedded::LexiconCodes(), hash));
}

Result<Model> TrainShipped(const ShippedOptions& options) {
  MIQ_ASSIGN(const std::vector<LabelledPair> pairs, ShippedTrainingSet(options));
  Model model = Train(pairs, Lexicon::Shipped(), {});
  MIQ_ASSIGN(model.lineage, LineageOf(options));
  return model;
}

}  // namespace migrateiq::match
