#pragma once

#include <memory>
#include <string>

#include "modules/core/audit_chain.hpp"
#include "platform/http/message.hpp"

namespace migrateiq::core {

enum class AuditFormat { kJsonLines, kCsv };

/// The tenant's whole log from its beginning, piece by piece. In CSV, cells that a spreadsheet would take for a formula
/// begin with an apostrophe.
std::unique_ptr<http::BodySource> ExportAudit(store::Store& store, std::string tenant_id, AuditFormat format);

/// A CSV cell: quoted where necessary, never a formula.
std::string CsvCell(const std::string& text);

}  // namespace migrateiq::core
