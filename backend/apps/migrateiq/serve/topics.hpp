#pragma once

#include <string>

#include "modules/core/sign_in/authenticator.hpp"
#include "modules/orchestrator/run_service.hpp"
#include "platform/http/message.hpp"

namespace migrateiq::serve {

/// Who may hear which topic: run:<id>, project:<id>, tenant:<id>, user:<id>. Thread-safe.
class TopicRights {
 public:
  TopicRights(http::Authenticator& authenticator, orchestrator::RunService& runs, core::AccessCache& cache,
              store::Store& store)
      : authenticator_(authenticator), runs_(runs), cache_(cache), store_(store) {}
  /// Errors: kApiNotFound for what is not there or is another tenant's, kApiForbidden.
  Status Check(const http::Principal& principal, const std::string& topic) const;

 private:
  Status Require(const http::Principal& principal, std::string_view permission, const std::string& project_id) const;
  http::Authenticator& authenticator_;
  orchestrator::RunService& runs_;
  core::AccessCache& cache_;
  store::Store& store_;
};

}  // namespace migrateiq::serve
