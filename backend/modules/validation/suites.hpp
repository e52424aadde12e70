#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "modules/projects/connections/connections.hpp"
#include "modules/validation/suite_store.hpp"
#include "pipeline/suite/suite.hpp"

namespace migrateiq::validation {

using core::Actor;

struct NewSuite {
  std::string project_id;  ///< empty: the tenant's
  std::string name;
  std::string source_connection_id, target_connection_id;
  std::string text;
};

/// What is given changes.
struct SuiteChange {
  std::optional<std::string> name, source_connection_id, target_connection_id, text;
};

using VersionCheck = std::function<Status(int64_t version)>;
/// Fails when who asks may not write SQL of their own.
using SqlCheck = std::function<Status()>;

/// Suites of stored connections, in versions. Thread-safe.
class Suites {
 public:
  struct Parts {
    store::Store& store;
    projects::Connections& connections;
    const Clock& clock;
  };
  explicit Suites(Parts parts) : parts_(parts) {}

  /// Errors: kApiField with its place (/text, /source_connection_id, ...); kApiForbidden by `may_sql`, which is asked
  /// when the suite has SQL of its own.
  Result<SuiteRow> Create(const Actor& actor, const NewSuite& wanted, const SqlCheck& may_sql);
  Result<SuiteRow> Get(const std::string& tenant_id, const std::string& suite_id);
  Result<std::vector<SuiteRow>> List(const std::string& tenant_id, const SuiteFilter& filter,
                                     const core::PageRequest& page);
  Result<SuiteRow> Change(const Actor& actor, const std::string& suite_id, const SuiteChange& change,
                          const VersionCheck& check, const SqlCheck& may_sql);
  /// With all its results.
  Status Remove(const Actor& actor, const std::string& suite_id, const VersionCheck& check);
  Result<std::vector<SuiteVersionRow>> Versions(const std::string& tenant_id, const std::string& suite_id,
                                                const core::PageRequest& page);

 private:
  /// Reads the text into the row, and looks that it has the connections it is attached to.
  Status Fit(SuiteRow& row) const;
  Status CheckConnection(const std::string& tenant_id, const std::string& connection_id, bool wanted,
                         const char* place) const;

  Parts parts_;
};

/// The text of a suite. Errors: kApiField at /text, with line and column in the message.
Result<Suite> ReadSuiteText(const std::string& text);

}  // namespace migrateiq::validation
