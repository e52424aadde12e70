#include "pipeline/match/train/subword_trainer.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/match/logistic.hpp"
#include "pipeline/match/train/dice.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr size_t kWidth = kSubwordDimensions;
using Row = std::array<double, kWidth>;

struct Word {
  std::vector<uint32_t> buckets;
  Head head = kNoHead;
};

/// Words and concepts live in one space: a word's vector is drawn to its concept's and to near concepts'.
class SubwordTrainer {
 public:
  SubwordTrainer(const Lexicon& lexicon, const SubwordOptions& options)
      : lexicon_(lexicon), options_(options), dice_(options.seed), grams_(kSubwordBuckets), concepts_(lexicon.size()) {
    for (Row& row : grams_)
      for (double& x : row) x = (dice_.Share() - 0.5) / kWidth;
    for (Row& row : concepts_)
      for (double& x : row) x = (dice_.Share() - 0.5) / 4;
    for (size_t k = 0; k < lexicon.size(); ++k)
      for (const std::string& form : lexicon.forms(static_cast<Head>(k)))
        if (form.size() >= 3 && Known(form, static_cast<Head>(k)))
          words_.push_back({SubwordBuckets(form), static_cast<Head>(k)});
  }

  SubwordTable Run() {
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      dice_.Shuffle(words_);
      const double rate = options_.rate * (1 - 0.9 * epoch / options_.epochs);
      for (const Word& word : words_) Learn(word, rate);
    }
    return Pack();
  }

 private:
  /// A thinned lexicon has lost some of the forms that its concepts list.
  bool Known(const std::string& form, Head head) const {
    const std::vector<Sense>* senses = lexicon_.Find(form);
    return senses != nullptr &&
           std::ranges::any_of(*senses, [&](const Sense& sense) { return sense.heads.front() == head; });
  }

  void Learn(const Word& word, double rate) {
    Row mean{};
    for (const uint32_t bucket : word.buckets)
      for (size_t i = 0; i < kWidth; ++i) mean[i] += grams_[bucket][i];
    Row pull{};
    Attract(mean, word.head, 1, rate, pull);
    const std::vector<Head>& near = lexicon_.near(word.head);
    if (!near.empty()) Attract(mean, dice_.Pick(near), 0.8, rate, pull);
    for (int i = 0; i < options_.negatives; ++i) {
      const auto other = static_cast<Head>(dice_.Next() % lexicon_.size());
      if (lexicon_.Relation(word.head, other) == 0) Attract(mean, other, 0, rate, pull);
    }
    for (const uint32_t bucket : word.buckets)
      for (size_t i = 0; i < kWidth; ++i) grams_[bucket][i] += pull[i];
  }

  /// Moves the concept at once, and adds to `pull` how the word shall move.
  void Attract(const Row& mean, Head head, double label, double rate, Row& pull) {
    Row& other = concepts_[head];
    double dot = 0;
    for (size_t i = 0; i < kWidth; ++i) dot += mean[i] * other[i];
    const double step = rate * (label - Sigmoid(dot));
    for (size_t i = 0; i < kWidth; ++i) {
      pull[i] += step * other[i];
      other[i] += step * mean[i];
    }
  }

  SubwordTable Pack() const {
    double largest = 1e-9;
    std::vector<double> sizes;
    for (const Row& row : grams_)
      for (const double x : row) sizes.push_back(std::abs(x));
    std::ranges::nth_element(sizes, sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 999 / 1000));
    largest = std::max(largest, sizes[sizes.size() * 999 / 1000]);
    std::vector<int8_t> numbers;
    numbers.reserve(grams_.size() * kWidth);
    for (const Row& row : grams_)
      for (const double x : row)
        numbers.push_back(static_cast<int8_t>(std::lround(std::clamp(x / largest, -1.0, 1.0) * 127)));
    return SubwordTable(std::move(numbers));
  }

  const Lexicon& lexicon_;
  SubwordOptions options_;
  Dice dice_;
  std::vector<Row> grams_, concepts_;
  std::vector<Word> words_;
};

}  // namespace

SubwordTable TrainSubwords(const Lexicon& lexicon, const SubwordOptions& options) {
  return SubwordTrainer(lexicon, options).Run();
}

}  // namespace migrateiq::match
