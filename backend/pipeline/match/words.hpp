#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Names of columns as words.
namespace migrateiq::match {

/// Lower case, accents of Latin letters removed ("Größe" -> "grosse"); other scripts stay as they are.
std::string Fold(std::string_view text);

/// Fold, and only letters and digits are left: what two spellings of one name share.
std::string Squeeze(std::string_view text);

/// The words of a name, folded: separators, CamelCase, digits and borders of scripts part words.
/// "CustomerRef_FullName" -> customer, ref, full, name; "ADDR1" -> addr, 1; "建物地址" stays one word.
std::vector<std::string> SplitName(std::string_view name);

/// The number of UTF-8 characters.
size_t CountLetters(std::string_view text);

/// Are there letters beyond Latin in it (one word then holds several words without borders)?
bool IsWideScript(std::string_view word);

/// Says nothing about the content: empty, col1, column_2, field3, f4, unnamed, x, 17.
bool IsMeaningless(std::string_view name);

/// Similarity of two words as strings, in [0, 1].
double JaroWinkler(std::string_view a, std::string_view b);
/// Dice coefficient over padded character trigrams.
double TrigramDice(std::string_view a, std::string_view b);
/// 1 - edit distance / longer length.
double EditSimilarity(std::string_view a, std::string_view b);
/// How well `brief` abbreviates `word`: first letters equal, its letters in their order in the word; 0 = it does not.
double Abbreviates(std::string_view brief, std::string_view word);

/// 64 bits that are the same on every machine.
uint64_t StableHash(std::string_view text, uint64_t seed = 0);

}  // namespace migrateiq::match
