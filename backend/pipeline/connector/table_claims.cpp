#include "pipeline/connector/table_claims.hpp"

#include "base/errors/run.hpp"

namespace migrateiq {

Error TableIsHeld(const TableName& table, const std::string& holder) {
  return Error(codes::kRunHeld, "another run is writing to this table now" + holder)
      .Table(table.ToString())
      .Fix(
          "Wait until that run ends, or stop it; nothing was written. What a run that died held is free as soon as "
          "the server notices.")
      .Retryable();
}

}  // namespace migrateiq
