#include "pipeline/suite/detail/key_text.hpp"

#include <algorithm>

#include "pipeline/batch/digest.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/suite/detail/probe.hpp"

namespace migrateiq::detail {

namespace {

/// Digits without a point that says nothing: "1.00" is "1".
std::string_view WithoutZeros(std::string_view text) {
  if (text.find('.') == std::string_view::npos || text.find_first_not_of("-0123456789.") != std::string_view::npos)
    return text;
  text = text.substr(0, text.find_last_not_of('0') + 1);
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

void EncodeAnyType(const Column& column, int64_t row, RowEncoder& encoder) {
  std::string text;
  text::AppendValue(text, column, row);
  std::string_view shown = text;
  if (column.type().kind == TypeKind::kChar) shown = shown.substr(0, shown.find_last_not_of(' ') + 1);
  if (column.type().kind == TypeKind::kDecimal || column.type().kind == TypeKind::kDouble) shown = WithoutZeros(shown);
  encoder.Text(shown);
}

}  // namespace

Result<int64_t> AddKeys(const Batch& batch, const std::vector<const CatalogColumn*>& columns, KeyForm form,
                        KeySet& keys) {
  std::vector<const Column*> values;
  for (const CatalogColumn* column : columns) values.push_back(&ColumnOf(batch, *column));
  std::vector<KeyRecord> records;
  std::vector<std::string> texts;
  RowEncoder encoder;
  for (int64_t row = 0; row < batch.rows; ++row) {
    if (std::ranges::any_of(values, [row](const Column* column) { return column->IsNull(row); })) continue;
    KeyRecord record;
    std::string text;
    encoder.Reset();
    for (const Column* column : values) {
      if (form == KeyForm::kOwnType)
        EncodeValue(*column, row, encoder);
      else
        EncodeAnyType(*column, row, encoder);
      text += (text.empty() ? "" : ", ") + ShownValue(*column, row);
    }
    encoder.Hash(record.low, record.high);
    record.row = static_cast<uint64_t>(row);
    records.push_back(record);
    texts.push_back(std::move(text));
  }
  const auto added = static_cast<int64_t>(records.size());
  MIQ_TRY(keys.Add(std::move(records), texts));
  return added;
}

}  // namespace migrateiq::detail
