#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/run/run_store.hpp"

namespace migrateiq {

/// Values that a quarantined row shall have; none = NULL.
struct RowEdit {
  int64_t id = 0;
  std::vector<std::pair<std::string, std::optional<std::string>>> values;
  std::string original = {};  ///< JSON, when a file shows it beside the values: must be what it was
  std::string place = {};     ///< for messages: where it was asked for
};

/// The row with an edit applied.
struct EditedRow {
  QuarantinedRow row;
  std::string values;                ///< JSON, like QuarantinedRow::original; empty: as the source had them
  std::vector<std::string> columns;  ///< those that changed
  std::string Describe() const;      ///< names columns, never values
};

/// Errors: kUsage for a row or a column that is not there, kRunState for a row that was written already.
Result<EditedRow> ApplyEdit(const std::vector<QuarantinedRow>& rows, const RowEdit& edit);

/// `column=value`; the value may be empty text.
Result<std::pair<std::string, std::optional<std::string>>> ParseAssignment(const std::string& text);

/// The edits of a file that began as `quarantine show RUN_ID --json`: its "rows", or an array of such rows. A row's
/// values are those under "values", else those under "original". Errors: kUsage, with the place.
Result<std::vector<RowEdit>> EditsFromJson(std::string_view json, const std::string& run_id);

}  // namespace migrateiq
