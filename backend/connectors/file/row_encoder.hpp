#pragma once

#include <string>
#include <vector>

#include "pipeline/batch/batch.hpp"

namespace migrateiq::file {

/// Rows as text. One per writer; `columns[i]` of the file is column `sources[i]` of the batches, -1 = always NULL.
class TextEncoder {
 public:
  virtual ~TextEncoder() = default;
  virtual void AppendHeader(std::string& out, const std::vector<std::string>& columns) const = 0;
  virtual void AppendRow(std::string& out, const Batch& batch, int64_t row, const std::vector<int>& sources) const = 0;
};

/// RFC 4180 with LF. A value is quoted when it is empty, holds a quote, a line end, or any of the delimiters that
/// readers guess from; NULL is nothing at all. Formulas are not disarmed: the data is written as it is.
class CsvEncoder : public TextEncoder {
 public:
  CsvEncoder(char delimiter, bool header) : delimiter_(delimiter), header_(header) {}
  void AppendHeader(std::string& out, const std::vector<std::string>& columns) const override;
  void AppendRow(std::string& out, const Batch& batch, int64_t row, const std::vector<int>& sources) const override;

 private:
  void AppendText(std::string& out, std::string_view text) const;
  void AppendField(std::string& out, const Column& column, int64_t row) const;

  char delimiter_;
  bool header_;
};

/// One object a line, every key in every line. Numbers of any size are written exactly as numbers; NaN and Infinity,
/// which JSON lacks, and everything else as strings.
class JsonlEncoder : public TextEncoder {
 public:
  explicit JsonlEncoder(const std::vector<std::string>& columns);
  void AppendHeader(std::string&, const std::vector<std::string>&) const override {}
  void AppendRow(std::string& out, const Batch& batch, int64_t row, const std::vector<int>& sources) const override;

 private:
  std::vector<std::string> keys_;  ///< with quotes and colon
};

}  // namespace migrateiq::file
