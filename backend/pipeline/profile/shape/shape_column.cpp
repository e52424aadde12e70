#include "pipeline/profile/shape/shape_column.hpp"

#include "pipeline/profile/scan/accumulator.hpp"
#include "pipeline/profile/shape/characters.hpp"
#include "pipeline/profile/shape/date_formats.hpp"
#include "pipeline/profile/shape/fitting_type.hpp"
#include "pipeline/profile/shape/frequent.hpp"
#include "pipeline/profile/shape/numbers.hpp"

namespace migrateiq {

namespace {

bool IsPlainText(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kEnum || kind == TypeKind::kAny;
}

void ShapeTexts(const Column& sample, const Dictionary& dictionary, ColumnProfile& profile) {
  const std::vector<CountedText> texts = CountedTexts(sample, dictionary);
  profile.encoding = EncodingTrouble(texts);
  if (!IsPlainText(sample.type().kind)) return;
  profile.patterns = Patterns(texts);
  profile.characters = Characters(texts);
  profile.date_formats = DateFormats(texts);
  profile.fitting = FittingTextType(texts, profile.date_formats);
}

void ShapeNumbers(const Column& sample, const Dictionary& dictionary, ColumnProfile& profile) {
  const std::vector<CountedNumber> numbers = CountedNumbers(sample, dictionary);
  profile.histogram = Histogram(sample.type(), numbers);
  profile.outliers = Outliers(sample, numbers);
  profile.fitting = FittingNumberType(sample, numbers);
}

}  // namespace

void ShapeColumn(const Column& sample, const Dictionary& dictionary, ColumnProfile& profile) {
  profile.sampled = dictionary.values;
  profile.top_values = TopValues(sample, dictionary);
  switch (profile.family) {
    case ValueFamily::text: return ShapeTexts(sample, dictionary, profile);
    case ValueFamily::number:
    case ValueFamily::date:
    case ValueFamily::time:
    case ValueFamily::timestamp: return ShapeNumbers(sample, dictionary, profile);
    default: return;
  }
}

}  // namespace migrateiq
