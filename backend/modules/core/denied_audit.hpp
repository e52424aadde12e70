#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/time.hpp"
#include "platform/http/gateway.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// Writes down who was refused what. The same refusal of the same caller is written once a minute, so that nobody fills
/// the log by asking. Thread-safe.
class DeniedAudit : public http::AccessAudit {
 public:
  DeniedAudit(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  void Denied(const http::Principal* principal, const http::Request& request, const http::Route* route,
              const Error& error) override;

 private:
  bool IsNew(const std::string& what);

  store::Store& store_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Micros> written_;
};

}  // namespace migrateiq::core
