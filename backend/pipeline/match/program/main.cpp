#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

#include "pipeline/match/matcher.hpp"
#include "pipeline/match/program/families.hpp"
#include "pipeline/match/train/shipped.hpp"

/// Trains the shipped model, and measures matching. Not part of what users get.
namespace migrateiq::match {

namespace {

constexpr const char* kUsage =
    "usage: migrateiq_match_lab train TRAINING_FOLDER MODEL_FILE   learn the model anew\n"
    "       migrateiq_match_lab bench TRAINING_FOLDER PAIRS_FOLDER [--verbose]\n"
    "                                 evaluate over folders of pairs, leaving their family out of the training\n";

double Now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

int Complain(const Error& error) {
  fmt::print(stderr, "{}\n", error.ToString());
  return 1;
}

int TrainTo(const std::string& folder, const std::string& file) {
  const double begin = Now();
  const Result<Model> model = TrainShipped({.folder = folder, .leave_out = {}});
  if (!model) return Complain(model.error());
  const std::string text = WriteModel(*model);
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) return 1;
  fmt::print("{}: {} bytes, learned from {} in {:.0f} s\n", file, text.size(), model->lineage, Now() - begin);
  return 0;
}

/// One model for each family that training has, without it, and one for all the others.
class Models {
 public:
  explicit Models(std::string folder) : folder_(std::move(folder)) {}
  Result<const Model*> For(const std::string& family) {
    const std::string key = family == "saas" || family == "smutf" || family == "names" ? family : "";
    const auto found = models_.find(key);
    if (found != models_.end()) return &found->second;
    MIQ_ASSIGN(Model model, TrainShipped({.folder = folder_, .leave_out = {key}}));
    return &models_.emplace(key, std::move(model)).first->second;
  }

 private:
  std::string folder_;
  std::map<std::string, Model> models_;
};

PairResult Judge(const LabelledPair& pair, const Model& model) {
  const double begin = Now();
  const MatchResult result = MatchTables(pair.source, pair.target, {.model = &model, .answers = {}, .experience = {}});
  PairResult judged{.family = pair.family,
                    .scores = Grid(pair.source.columns.size(), pair.target.columns.size()),
                    .proposals = {},
                    .truth = &pair.truth,
                    .seconds = Now() - begin};
  for (size_t i = 0; i < result.ranked.size(); ++i)
    for (const Candidate& candidate : result.ranked[i]) judged.scores.at(i, candidate.target) = candidate.confidence;
  for (const Match& match : result.matches)
    judged.proposals.push_back({match.source, match.target, match.confidence, match.accepted, match.regime});
  judged.model = &model;
  return judged;
}

template <class Matcher>
std::vector<PairResult> JudgeBaseline(const std::vector<LabelledPair>& pairs, const Matcher& matcher) {
  std::vector<PairResult> judged;
  for (const LabelledPair& pair : pairs) {
    const double begin = Now();
    Grid scores = matcher(pair);
    judged.push_back({.family = pair.family,
                      .scores = std::move(scores),
                      .proposals = {},
                      .truth = &pair.truth,
                      .seconds = Now() - begin});
  }
  ProposeOutOfFamily(judged);
  return judged;
}

void PrintRow(const std::string& name, const FamilyResult& r, bool calibrated) {
  fmt::print("| {:<22} | {:5} | {:.3f} | {:.3f} | {:.3f} |", name, r.pairs, r.recall, r.reciprocal, r.f1);
  if (calibrated)
    fmt::print(" {:.3f} | {:.3f} | {} of {:3.0f} % | {:5.0f} % |", r.error, r.error_after,
               r.accepted_share == 0 ? "  -  " : fmt::format("{:.3f}", r.accepted_right), 100 * r.accepted_share,
               100 * r.found_share);
  else
    fmt::print("       |       |                |         |");
  fmt::print(" {:6.2f} |\n", r.seconds);
}

void PrintTable(const std::string& title, const FamilyResults& results, bool calibrated) {
  for (const auto& [family, result] : results) PrintRow(family, result, calibrated);
  PrintRow(title, Macro(results), calibrated);
}

void PrintMistakes(const LabelledPair& pair, const PairResult& judged) {
  const Judgement judgement = Evaluate(judged.scores, judged.proposals, pair.truth);
  fmt::print("{}: recall {:.2f}, rank {:.2f}, F1 {:.2f}\n", pair.name, judgement.recall, judgement.reciprocal,
             judgement.f1);
  for (const Proposal& proposal : judged.proposals)
    if (!pair.truth.contains({proposal.source, proposal.target}))
      fmt::print("  wrong {} -> {} ({:.2f})\n", pair.source.columns[proposal.source].name,
                 pair.target.columns[proposal.target].name, proposal.confidence);
  for (const auto& [source, target] : pair.truth) {
    const bool found = std::ranges::any_of(judged.proposals,
                                           [&](const Proposal& p) { return p.source == source && p.target == target; });
    if (!found)
      fmt::print("  missed {} -> {} ({:.2f})\n", pair.source.columns[source].name, pair.target.columns[target].name,
                 judged.scores.at(source, target));
  }
}

int Bench(const std::string& folder, const std::string& pairs_folder, bool verbose) {
  const Result<std::vector<LabelledPair>> pairs = ReadPairFolders(pairs_folder);
  if (!pairs) return Complain(pairs.error());
  Models models(folder);
  std::vector<PairResult> judged;
  for (const LabelledPair& pair : *pairs) {
    const Result<const Model*> model = models.For(pair.family);
    if (!model) return Complain(model.error());
    judged.push_back(Judge(pair, **model));
    if (verbose) PrintMistakes(pair, judged.back());
  }
  fmt::print(
      "| matcher, family        | pairs | R@GT  | MRR   | F1    | ECE   | ECE20 | accepted right | found   | seconds "
      "|\n");
  fmt::print(
      "|------------------------|-------|-------|-------|-------|-------|-------|----------------|---------|---------|"
      "\n");
  PrintTable("Jaccard-Levenshtein", Summarise(JudgeBaseline(*pairs, JaccardLevenshtein)), false);
  PrintTable("COMA-like ensemble", Summarise(JudgeBaseline(*pairs, ComaLike)), false);
  PrintTable("migrateiq match", Summarise(judged), true);
  return 0;
}

int Run(const std::vector<std::string>& words) {
  if (words.size() == 3 && words[0] == "train") return TrainTo(words[1], words[2]);
  if (words.size() >= 3 && words[0] == "bench")
    return Bench(words[1], words[2], words.size() > 3 && words[3] == "--verbose");
  fmt::print(stderr, "{}", kUsage);
  return 2;
}

}  // namespace

}  // namespace migrateiq::match

int main(int argc, char** argv) { return migrateiq::match::Run(std::vector<std::string>(argv + 1, argv + argc)); }
