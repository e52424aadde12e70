#pragma once

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/remote/api_client.hpp"
#include "apps/migrateiq/remote/stored_plans.hpp"

namespace migrateiq::cli {

/// What analyses, matchings and checks of a server have in common: connections for URLs, and work of its workers that
/// is waited for.
class RemoteJobs {
 public:
  RemoteJobs(const Console& console, ApiClient client)
      : console_(console), client_(std::move(client)), stored_(client_, console) {}
  RemoteJobs(const RemoteJobs&) = delete;

  ApiClient& client() { return client_; }
  const Console& console() const { return console_; }
  /// The connection's id. Errors: as StoredPlans::ConnectionFor.
  Result<std::string> ConnectionFor(const std::string& url);
  Result<std::string> Project() { return stored_.Project(); }

  /// Asks for work, whose answer names it by `id_member`, and shows its progress until it is done; its id. Ctrl-C ends
  /// the work at the server too. Errors: what the server tells, those of the work, kRunInterrupted.
  Result<std::string> CarryOut(const std::string& path, const boost::json::object& body, const char* id_member);

 private:
  Status Await(const std::string& job_id);

  const Console& console_;
  ApiClient client_;
  StoredPlans stored_;
};

/// Errors: kUsage when one of the flags (name, was it given) is for this machine only.
Status RefuseLocalFlags(const std::vector<std::pair<const char*, bool>>& flags);

}  // namespace migrateiq::cli
