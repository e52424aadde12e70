#include "pipeline/profile/shape/dictionary.hpp"

#include "pipeline/batch/any_value.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/profile/scan/hashes.hpp"

namespace migrateiq {

namespace {

/// Codes by hash, open addressing. Sized for as many values as there are rows.
class CodeTable {
 public:
  explicit CodeTable(int64_t rows) {
    size_t slots = 64;
    while (slots < static_cast<size_t>(rows) * 2) slots *= 2;
    slots_.assign(slots, Dictionary::kNull);
  }
  /// The code's slot; kNull in it when the hash is new.
  int32_t& Find(uint64_t hash, const std::vector<uint64_t>& hashes) {
    const size_t mask = slots_.size() - 1;
    size_t at = hash & mask;
    while (slots_[at] != Dictionary::kNull && hashes[static_cast<size_t>(slots_[at])] != hash) at = (at + 1) & mask;
    return slots_[at];
  }

 private:
  std::vector<int32_t> slots_;
};

}  // namespace

Dictionary MakeDictionary(const Column& column) {
  Dictionary dictionary;
  dictionary.codes.assign(static_cast<size_t>(column.length()), Dictionary::kNull);
  CodeTable table(column.length());
  for (int64_t row = 0; row < column.length(); ++row) {
    if (column.IsNull(row)) continue;
    const uint64_t hash = HashValue(column, row);
    int32_t& code = table.Find(hash, dictionary.hashes);
    if (code == Dictionary::kNull) {
      code = static_cast<int32_t>(dictionary.size());
      dictionary.first_row.push_back(row);
      dictionary.counts.push_back(0);
      dictionary.hashes.push_back(hash);
    }
    ++dictionary.counts[static_cast<size_t>(code)];
    ++dictionary.values;
    dictionary.codes[static_cast<size_t>(row)] = code;
  }
  return dictionary;
}

std::string ReadableValue(const Column& column, int64_t row) {
  if (column.type().kind == TypeKind::kAny) {
    const any::Value value = any::Read(column.Bytes(row));
    if (value.type != any::Class::kBlob) return std::string(value.bytes);
  }
  std::string out;
  text::AppendValue(out, column, row);
  return out;
}

std::vector<CountedText> CountedTexts(const Column& column, const Dictionary& dictionary) {
  std::vector<CountedText> texts;
  texts.reserve(dictionary.size());
  for (size_t code = 0; code < dictionary.size(); ++code) {
    std::string_view text = column.Bytes(dictionary.first_row[code]);
    if (column.type().kind == TypeKind::kAny) text = any::Read(text).bytes;
    if (column.type().kind == TypeKind::kChar) text = text.substr(0, text.find_last_not_of(' ') + 1);
    texts.push_back({text, dictionary.counts[code]});
  }
  return texts;
}

}  // namespace migrateiq
