#include "connectors/file/row_encoder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "connectors/file/filler.hpp"
#include "connectors/file/json_text.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::file {

namespace {

constexpr std::array<bool, 256> MakeSpecials() {
  std::array<bool, 256> special{};
  for (const char c : {',', ';', '\t', '|', '"', '\n', '\r'}) special[static_cast<unsigned char>(c)] = true;
  return special;
}
constexpr std::array<bool, 256> kSpecial = MakeSpecials();

void AppendInteger(std::string& out, int64_t value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

bool IsTextual(TypeKind kind) {
  using enum TypeKind;
  return kind == kString || kind == kChar || kind == kEnum || kind == kArray || kind == kJson;
}

/// JSON text on one line: line ends may only stand between tokens, where a blank means the same.
void AppendOneLine(std::string& out, std::string_view json) {
  for (const char c : json) out += c == '\n' || c == '\r' ? ' ' : c;
}

bool IsJson(std::string_view text) {
  const JsonText json(text.data() + text.size());
  const char* at = json.SkipValue(json.SkipBlanks(text.data()));
  return at != nullptr && json.SkipBlanks(at) == text.data() + text.size();
}

void AppendAsString(std::string& out, const Column& column, int64_t row) {
  std::string text;
  text::AppendValue(text, column, row);
  AppendJsonString(out, text);
}

void AppendJsonFloat(std::string& out, const Column& column, int64_t row, double value) {
  if (std::isfinite(value))
    text::AppendValue(out, column, row);
  else
    AppendAsString(out, column, row);
}

void AppendJsonValue(std::string& out, const Column& column, int64_t row) {
  switch (column.type().kind) {
    case TypeKind::kBool: out += column.Get<uint8_t>(row) != 0 ? "true" : "false"; break;
    case TypeKind::kInt64: AppendInteger(out, column.Get<int64_t>(row)); break;
    case TypeKind::kInt8:
    case TypeKind::kInt16:
    case TypeKind::kInt32:
    case TypeKind::kUInt64: text::AppendValue(out, column, row); break;
    case TypeKind::kFloat: AppendJsonFloat(out, column, row, column.Get<float>(row)); break;
    case TypeKind::kDouble: AppendJsonFloat(out, column, row, column.Get<double>(row)); break;
    case TypeKind::kDecimal: {
      const std::string_view text = column.Bytes(row);
      const bool number = text.find_first_of("NI") == std::string_view::npos;
      if (number)
        out += text;
      else
        AppendJsonString(out, text);
      break;
    }
    case TypeKind::kJson:
      if (IsJson(column.Bytes(row)))
        AppendOneLine(out, column.Bytes(row));
      else
        AppendJsonString(out, column.Bytes(row));
      break;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kEnum:
    case TypeKind::kArray:
    case TypeKind::kBit: AppendJsonString(out, column.Bytes(row)); break;
    default: AppendAsString(out, column, row);
  }
}

}  // namespace

void CsvEncoder::AppendText(std::string& out, std::string_view text) const {
  const auto special = [this](char c) { return kSpecial[static_cast<unsigned char>(c)] || c == delimiter_; };
  if (!text.empty() && std::ranges::none_of(text, special)) {
    out += text;
    return;
  }
  out += '"';
  for (size_t from = 0;;) {
    const size_t quote = text.find('"', from);
    out.append(text.substr(from, quote - from));
    if (quote == std::string_view::npos) break;
    out += "\"\"";
    from = quote + 1;
  }
  out += '"';
}

void CsvEncoder::AppendField(std::string& out, const Column& column, int64_t row) const {
  const TypeKind kind = column.type().kind;
  if (kind == TypeKind::kInt64) return AppendInteger(out, column.Get<int64_t>(row));
  if (kind == TypeKind::kBool) {
    out += column.Get<uint8_t>(row) != 0 ? "true" : "false";
  } else if (kind == TypeKind::kDecimal) {
    out += column.Bytes(row);
  } else if (IsTextual(kind)) {
    AppendText(out, column.Bytes(row));
  } else {
    const size_t before = out.size();
    text::AppendValue(out, column, row);
    const std::string_view written = std::string_view(out).substr(before);
    const auto special = [this](char c) { return kSpecial[static_cast<unsigned char>(c)] || c == delimiter_; };
    if (!written.empty() && std::ranges::none_of(written, special)) return;
    const std::string value(written);
    out.resize(before);
    AppendText(out, value);
  }
}

void CsvEncoder::AppendHeader(std::string& out, const std::vector<std::string>& columns) const {
  if (!header_) return;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out += delimiter_;
    AppendText(out, columns[i]);
  }
  out += '\n';
}

void CsvEncoder::AppendRow(std::string& out, const Batch& batch, int64_t row, const std::vector<int>& sources) const {
  for (size_t i = 0; i < sources.size(); ++i) {
    if (i > 0) out += delimiter_;
    if (sources[i] < 0) continue;
    const Column& column = batch.columns[static_cast<size_t>(sources[i])];
    if (!column.IsNull(row)) AppendField(out, column, row);
  }
  out += '\n';
}

JsonlEncoder::JsonlEncoder(const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    AppendJsonString(keys_.emplace_back(), column);
    keys_.back() += ':';
  }
}

void JsonlEncoder::AppendRow(std::string& out, const Batch& batch, int64_t row, const std::vector<int>& sources) const {
  out += '{';
  for (size_t i = 0; i < sources.size(); ++i) {
    if (i > 0) out += ',';
    out += keys_[i];
    const Column* column = sources[i] < 0 ? nullptr : &batch.columns[static_cast<size_t>(sources[i])];
    if (column == nullptr || column->IsNull(row))
      out += "null";
    else
      AppendJsonValue(out, *column, row);
  }
  out += "}\n";
}

}  // namespace migrateiq::file
