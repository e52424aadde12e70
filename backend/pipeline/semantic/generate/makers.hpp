#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "pipeline/semantic/generate/random.hpp"
#include "pipeline/semantic/generate/words.hpp"

namespace migrateiq::generate {

/// How one column writes its values.
struct Maker {
  std::function<std::string()> make;
  bool weak = false;  ///< written so plainly that only a name can tell: an SSN without dashes, a gender as one letter
};

/// A way to write values of a kind in a locale, chosen at random. The references must outlive the maker.
Maker MakerOf(std::string_view kind, const Locale& locale, const WordSource& words, Random& random);

/// Values that mean none of the kinds: order numbers, amounts, codes, sentences.
Maker MeaninglessMaker(const Locale& locale, const WordSource& words, Random& random);

namespace detail {
/// Each is empty for kinds that it does not make.
Maker MakePerson(std::string_view kind, const Locale& locale, const WordSource& words, Random& random);
Maker MakePlace(std::string_view kind, const Locale& locale, const WordSource& words, Random& random);
Maker MakeText(std::string_view kind, const Locale& locale, const WordSource& words, Random& random);
Maker MakeNumber(std::string_view kind, Random& random);
}  // namespace detail

}  // namespace migrateiq::generate
