#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/encoding.hpp"
#include "base/errors/match.hpp"
#include "pipeline/match/embedded.hpp"
#include "pipeline/match/model.hpp"

namespace migrateiq::match {

namespace {

constexpr std::string_view kHeading = "migrateiq-match-model 1";
constexpr size_t kMostWeights = 4096;

std::string Number(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", number);
  return text;
}

void WriteLinear(std::string& out, const std::string& name, const Linear& linear) {
  out += name + " " + Number(linear.offset);
  for (const double weight : linear.weights) out += " " + Number(weight);
  out += "\n";
}

/// Lines of the file, taken one after the other.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  /// The words after the line's name, which must be `name`.
  Result<std::string_view> Take(std::string_view name) {
    ++number_;
    const size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return Bad("the file ends before \"" + std::string(name) + "\"");
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (!line.starts_with(name) || (line.size() > name.size() && line[name.size()] != ' '))
      return Bad("\"" + std::string(name) + "\" is expected");
    return line.size() > name.size() ? line.substr(name.size() + 1) : std::string_view();
  }

  bool IsNext(const std::string& name) const { return rest_.starts_with(name + " "); }

  Result<std::vector<double>> TakeNumbers(std::string_view name, size_t least, size_t most) {
    MIQ_ASSIGN(std::string_view words, Take(name));
    std::vector<double> numbers;
    while (!words.empty()) {
      double number = 0;
      const size_t end = std::min(words.find(' '), words.size());
      const auto [stop, error] = std::from_chars(words.data(), words.data() + end, number);
      if (error != std::errc() || stop != words.data() + end || !std::isfinite(number) || numbers.size() == most)
        return Bad("a number is wrong, or there are too many");
      numbers.push_back(number);
      words.remove_prefix(std::min(end + 1, words.size()));
    }
    if (numbers.size() < least) return Bad("numbers are missing");
    return numbers;
  }

  Result<Linear> TakeLinear(const std::string& name) {
    MIQ_ASSIGN(const std::vector<double> numbers, TakeNumbers(name, 1, kMostWeights));
    return Linear{numbers[0], std::vector<double>(numbers.begin() + 1, numbers.end())};
  }

  std::unexpected<Error> Bad(const std::string& why) const {
    return Fail(codes::kMatchModel, "line " + std::to_string(number_) + ": " + why);
  }

 private:
  std::string_view rest_;
  int number_ = 0;
};

/// Weights for as many terms as there are: none at all (nothing learned) or exactly these.
Status CheckWidth(const Linear& linear, size_t terms, const Lines& lines) {
  if (!linear.weights.empty() && linear.weights.size() != terms)
    return lines.Bad("the model is of another version: it has weights for " + std::to_string(linear.weights.size()) +
                     " terms, not " + std::to_string(terms));
  return {};
}

size_t JointWidth(Regime regime) {
  SignalGrid one{.rows = 1, .columns = 1, .pairs = std::vector<PairSignals>(1)};
  one.pairs[0].regime = regime;
  return JointFeatures(one, Grid(1, 1), Grid(1, 1))[0].size();
}

Result<RegimeModel> TakeRegime(Lines& lines, Regime regime) {
  const std::string name = NameOf(regime);
  RegimeModel model;
  MIQ_ASSIGN(model.joint, lines.TakeLinear("joint-" + name));
  MIQ_TRY(CheckWidth(model.joint, JointWidth(regime), lines));
  MIQ_ASSIGN(model.last, lines.TakeLinear("last-" + name));
  MIQ_TRY(CheckWidth(model.last, LastFeatures(Grid(1, 1))[0].size(), lines));
  MIQ_ASSIGN(const std::vector<double> rest, lines.TakeNumbers("decide-" + name, 4, 4));
  model.calibration = {rest[0], rest[1]};
  model.propose = rest[2];
  model.accept = rest[3];
  if (lines.IsNext("correct-" + name)) {
    MIQ_ASSIGN(model.correction, lines.TakeLinear("correct-" + name));
    MIQ_TRY(CheckWidth(model.correction, CorrectionWidth(regime), lines));
  }
  return model;
}

Result<SubwordTable> TakeSubwords(Lines& lines) {
  MIQ_ASSIGN(const std::string_view text, lines.Take("subwords"));
  if (text.empty()) return SubwordTable();
  const std::optional<std::string> bytes = FromBase64Url(text);
  if (!bytes || bytes->size() != static_cast<size_t>(kSubwordBuckets) * kSubwordDimensions)
    return lines.Bad("the word vectors are damaged");
  return SubwordTable(std::vector<int8_t>(bytes->begin(), bytes->end()));
}

}  // namespace

std::string WriteModel(const Model& model) {
  std::string out(kHeading);
  out += "\nlineage " + model.lineage + "\n";
  WriteLinear(out, "name", model.name);
  WriteLinear(out, "value", model.value);
  for (size_t k = 0; k < kRegimes; ++k) {
    const RegimeModel& regime = model.regimes[k];
    const std::string name = NameOf(static_cast<Regime>(k));
    WriteLinear(out, "joint-" + name, regime.joint);
    WriteLinear(out, "last-" + name, regime.last);
    out += "decide-" + name + " " + Number(regime.calibration.slope) + " " + Number(regime.calibration.shift) + " " +
           Number(regime.propose) + " " + Number(regime.accept) + "\n";
    if (!regime.correction.weights.empty()) WriteLinear(out, "correct-" + name, regime.correction);
  }
  const std::vector<int8_t>& numbers = model.subwords.numbers();
  out += "subwords";
  if (!numbers.empty())
    out += " " + ToBase64Url(std::string_view(reinterpret_cast<const char*>(numbers.data()), numbers.size()));
  return out + "\n";
}

Result<Model> ReadModel(std::string_view text) {
  Lines lines(text);
  Model model;
  MIQ_TRY(lines.Take(kHeading));
  MIQ_ASSIGN(const std::string_view lineage, lines.Take("lineage"));
  model.lineage = lineage;
  MIQ_ASSIGN(model.name, lines.TakeLinear("name"));
  MIQ_TRY(CheckWidth(model.name, NameTerms().size(), lines));
  MIQ_ASSIGN(model.value, lines.TakeLinear("value"));
  MIQ_TRY(CheckWidth(model.value, ValueTerms().size(), lines));
  for (size_t k = 0; k < kRegimes; ++k) { MIQ_ASSIGN(model.regimes[k], TakeRegime(lines, static_cast<Regime>(k))); }
  MIQ_ASSIGN(model.subwords, TakeSubwords(lines));
  return model;
}

const Model& Model::Shipped() {
  static const Model model = ReadModel(embedded::Model()).value_or(Model());
  return model;
}

}  // namespace migrateiq::match
