#include "pipeline/match/train/trainer.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "pipeline/match/train/calibrate.hpp"
#include "pipeline/match/train/dice.hpp"
#include "pipeline/match/train/subword_trainer.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr size_t kThinned = 6;
constexpr double kGeneratedVoice = 0.2;  ///< of generated pairs in thresholds and calibration
constexpr double kFamilyWeight = 400;    ///< of the true pairs of all families but the generated one, together

/// A pair of tables under one regime.
struct View {
  SignalGrid grid;
  std::vector<double> labels;
  std::string family;
  double weight = 1;
  bool derived = false;  ///< made from a pair that has more evidence
};

/// The same signals, with one kind of evidence taken away.
SignalGrid Reduced(SignalGrid grid, Regime to) {
  for (PairSignals& pair : grid.pairs) {
    if (to == Regime::kNamesOnly) pair.value = {};
    if (to == Regime::kValuesOnly) {
      pair.name = {};
      pair.frame.comment = pair.frame.table_word = 0;
    }
    pair.regime = to;
  }
  return grid;
}

bool HasValues(const MatchTable& table) {
  return std::ranges::any_of(table.columns, [](const MatchColumn& column) { return !column.values.empty(); });
}

View MakeView(const LabelledPair& pair, SignalGrid grid, bool derived) {
  View view{.grid = std::move(grid), .labels = {}, .family = pair.family, .derived = derived};
  for (size_t i = 0; i < view.grid.rows; ++i)
    for (size_t j = 0; j < view.grid.columns; ++j) view.labels.push_back(pair.truth.contains({i, j}) ? 1 : 0);
  return view;
}

void AddViews(const LabelledPair& pair, const Lexicon& lexicon, const SubwordTable& subwords,
              std::vector<View>& views) {
  SignalGrid grid = CompareTables(pair.source, ReadTable(pair.source, lexicon, subwords), pair.target,
                                  ReadTable(pair.target, lexicon, subwords), lexicon, {});
  const bool values = HasValues(pair.source) && HasValues(pair.target);
  if (values) {
    views.push_back(MakeView(pair, Reduced(grid, Regime::kNamesOnly), true));
    views.push_back(MakeView(pair, Reduced(grid, Regime::kValuesOnly), true));
  }
  views.push_back(MakeView(pair, std::move(grid), false));
}

/// Families count alike, whatever their size; the generated one against all others.
void WeighFamilies(std::vector<View>& views, double generated) {
  std::map<std::string, double> positives;
  for (const View& view : views)
    for (const double label : view.labels) positives[view.family] += label;
  const double others = static_cast<double>(std::max<size_t>(1, positives.size() - positives.count("generated")));
  for (View& view : views) {
    const double share = view.family == "generated" ? generated : 1 / others;
    view.weight = 3 * kFamilyWeight * share / std::max(1.0, positives[view.family]);
  }
}

std::vector<View> MakeViews(const std::vector<LabelledPair>& pairs, const Lexicon& lexicon,
                            const SubwordTable& subwords, const TrainOptions& options) {
  std::vector<Lexicon> thinned;
  for (size_t k = 0; k < kThinned; ++k)
    thinned.push_back(lexicon.Thinned(k + 1, options.thinned * static_cast<double>(k + 1) / kThinned * 1.7));
  const SubwordTable strange =
      options.subword_epochs == 0 ? SubwordTable() : TrainSubwords(thinned.back(), {.epochs = options.subword_epochs});
  std::vector<View> views;
  for (const LabelledPair& pair : pairs) {
    const bool generated = pair.family == "generated";
    AddViews(pair, generated ? thinned[StableHash(pair.name) % kThinned] : lexicon, generated ? strange : subwords,
             views);
  }
  WeighFamilies(views, options.generated_weight);
  return views;
}

using Chosen = std::vector<const View*>;

template <class Make>
Linear Fit(const Chosen& views, const TrainOptions& options, const std::vector<int>& signs, const Make& make) {
  std::vector<Example> examples;
  for (const View* view : views) make(*view, examples);
  return FitLogistic(examples, {.penalty = options.penalty, .steps = 30, .signs = signs});
}

void AddAll(const View& view, const std::vector<Features>& features, Regime regime, std::vector<Example>& examples) {
  for (size_t k = 0; k < features.size(); ++k)
    if (view.grid.pairs[k].regime == regime) examples.push_back({features[k], view.labels[k], view.weight});
}

std::vector<int> SignsOf(const std::vector<Term>& terms) {
  std::vector<int> signs;
  for (const Term& term : terms) signs.push_back(term.sign);
  return signs;
}

void FitParts(const Chosen& views, const TrainOptions& options, Model& model) {
  model.name = Fit(views, options, SignsOf(NameTerms()), [](const View& view, std::vector<Example>& examples) {
    if (view.grid.pairs.empty() || view.grid.pairs[0].regime == Regime::kValuesOnly) return;
    const bool twin = view.derived;  // the pair itself comes too, with the same names
    if (twin) return;
    for (size_t k = 0; k < view.grid.pairs.size(); ++k)
      if (view.grid.pairs[k].regime != Regime::kValuesOnly)
        examples.push_back({NameFeatures(view.grid.pairs[k]), view.labels[k], view.weight});
  });
  model.value = Fit(views, options, SignsOf(ValueTerms()), [](const View& view, std::vector<Example>& examples) {
    if (view.derived) return;
    for (size_t k = 0; k < view.grid.pairs.size(); ++k)
      if (view.grid.pairs[k].regime != Regime::kNamesOnly)
        examples.push_back({ValueFeatures(view.grid.pairs[k]), view.labels[k], view.weight});
  });
}

void FitRegime(const Chosen& views, const TrainOptions& options, Regime regime, Model& model) {
  RegimeModel& own = model.regimes[static_cast<size_t>(regime)];
  own.joint = Fit(views, options, {}, [&](const View& view, std::vector<Example>& examples) {
    Grid name, value;
    ScoreParts(view.grid, model, name, value);
    AddAll(view, JointFeatures(view.grid, name, value), regime, examples);
  });
  own.last = Fit(views, options, {}, [&](const View& view, std::vector<Example>& examples) {
    const Scores scores = Score(view.grid, model);
    AddAll(view, LastFeatures(scores.joint), regime, examples);
  });
}

Model FitModel(const Chosen& views, const TrainOptions& options) {
  Model model;
  FitParts(views, options, model);
  for (size_t k = 0; k < kRegimes; ++k) FitRegime(views, options, static_cast<Regime>(k), model);
  return model;
}

/// What a model says of families that it has not seen.
void Judge(const Chosen& seen, const Chosen& unseen, const TrainOptions& options, std::vector<Judged>& judged) {
  if (seen.empty()) return;
  const Model model = FitModel(seen, options);
  for (const View* view : unseen) {
    const Scores scores = Score(view->grid, model);
    const std::vector<int> proposed = AssignAll(scores.last);
    const double weight = view->weight * (view->family == "generated" ? kGeneratedVoice : 1);
    for (size_t i = 0; i < view->grid.rows; ++i)
      for (size_t j = 0; j < view->grid.columns; ++j) {
        const bool chosen = proposed[i] == static_cast<int>(j);
        const double label = view->labels[i * view->grid.columns + j];
        if (chosen || label > 0)
          judged.push_back({view->grid.at(i, j).regime, scores.last.at(i, j), label, weight, chosen});
      }
  }
}

std::vector<Judged> JudgeUnseen(const std::vector<View>& views, const TrainOptions& options) {
  std::set<std::string> families;
  for (const View& view : views) families.insert(view.family);
  std::vector<Judged> judged;
  for (const std::string& family : families) {
    Chosen seen, unseen;
    for (const View& view : views) (view.family == family ? unseen : seen).push_back(&view);
    Judge(seen, unseen, options, judged);
  }
  return judged;
}

}  // namespace

Model Train(const std::vector<LabelledPair>& pairs, const Lexicon& lexicon, const TrainOptions& options) {
  const SubwordTable subwords =
      options.subword_epochs == 0 ? SubwordTable() : TrainSubwords(lexicon, {.epochs = options.subword_epochs});
  const std::vector<View> views = MakeViews(pairs, lexicon, subwords, options);
  Chosen all;
  for (const View& view : views) all.push_back(&view);
  Model model = FitModel(all, options);
  if (options.calibrate) Decide(JudgeUnseen(views, options), model);
  model.subwords = subwords;
  return model;
}

namespace {

constexpr double kMeansTheSame = 0.72;

/// Adds columns of the stranger's table; none that could be taken for a partner of the other side's columns.
class Strangers {
 public:
  Strangers(const Lexicon& lexicon, const MatchTable& other)
      : lexicon_(lexicon), comparer_(lexicon), other_(ReadNames(other, lexicon)) {}

  void AddTo(MatchTable& table, const MatchTable& stranger, size_t most) {
    const size_t rows = table.columns.empty() ? 0 : table.columns[0].values.size();
    const std::vector<ColumnName> names = ReadNames(stranger, lexicon_);
    for (size_t i = 0; i < names.size() && most > 0; ++i) {
      const bool known = std::ranges::any_of(
          table.columns, [&](const MatchColumn& own) { return Squeeze(own.name) == names[i].squeezed; });
      if (known || stranger.columns[i].values.empty() != (rows == 0) || MeansOneOf(names[i])) continue;
      table.columns.push_back(stranger.columns[i]);
      --most;
    }
  }

 private:
  bool MeansOneOf(const ColumnName& name) {
    return std::ranges::any_of(other_, [&](const ColumnName& other) {
      const NameSimilarity similarity = comparer_.Compare(name, other);
      return similarity.meaning > kMeansTheSame || similarity.exact > 0;
    });
  }

  const Lexicon& lexicon_;
  NameComparer comparer_;
  std::vector<ColumnName> other_;
};

void Reorder(LabelledPair& pair, Dice& dice) {
  std::vector<size_t> order(pair.target.columns.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  dice.Shuffle(order);
  std::vector<MatchColumn> columns;
  std::vector<size_t> place(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    columns.push_back(std::move(pair.target.columns[order[i]]));
  }
  pair.target.columns = std::move(columns);
  std::set<ColumnPair> truth;
  for (const auto& [source, target] : pair.truth) truth.emplace(source, place[target]);
  pair.truth = std::move(truth);
}

}  // namespace

std::vector<LabelledPair> Widened(const std::vector<LabelledPair>& pairs, const Lexicon& lexicon, uint64_t seed) {
  Dice dice(seed);
  std::vector<LabelledPair> wide = pairs;
  for (LabelledPair& pair : wide) {
    const auto more = static_cast<size_t>(dice.Between(0, 2));
    for (size_t k = 0; k < more; ++k) {
      const LabelledPair& stranger = pairs[static_cast<size_t>(dice.Next() % pairs.size())];
      if (stranger.name == pair.name) continue;
      Strangers(lexicon, pair.source).AddTo(pair.target, stranger.target, static_cast<size_t>(dice.Between(3, 20)));
      if (dice.Chance(0.5))
        Strangers(lexicon, pair.target).AddTo(pair.source, stranger.source, static_cast<size_t>(dice.Between(1, 5)));
    }
    pair.name += "+";
    if (dice.Chance(0.6)) Reorder(pair, dice);
  }
  return wide;
}

}  // namespace migrateiq::match
