#include "platform/http/detail/idempotency.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::http::detail {
namespace {

bool IsKey(std::string_view key) {
  return !key.empty() && key.size() <= 255 &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string Fingerprint(const Request& request) {
  std::string text(MethodName(request.method));
  text += '\0' + request.path + '\0';
  for (const auto& [name, value] : request.query) text += name + '\0' + value + '\0';
  return ToHexText(Sha256(text + Sha256(request.body)));
}

Status Replay(Exchange& exchange, const IdempotencyStore::Saved& saved, const std::string& fingerprint) {
  if (saved.fingerprint != fingerprint)
    return Fail(codes::kApiIdempotency, "this key came with another request before");
  if (saved.status == 0) {
    exchange.response.headers.Set("Retry-After", "1");
    return Fail(
        Error(codes::kApiConflict, "the first request with this Idempotency-Key is still at work, or was cut off")
            .Fix("Wait a moment and repeat it. If it stays so, look whether the change was made before you send "
                 "it with a new key."));
  }
  exchange.response.status = saved.status;
  exchange.response.body = saved.body;
  if (!saved.etag.empty()) exchange.response.headers.Set("ETag", saved.etag);
  if (!saved.location.empty()) exchange.response.headers.Set("Location", saved.location);
  exchange.response.headers.Set("Idempotency-Replayed", "true");
  return {};
}

bool IsKept(const Response& response) { return response.status >= 200 && response.status < 300 && !response.stream; }

/// The store's connection was lost, perhaps at the commit.
bool IsInDoubt(const Error& error) { return error.Is(codes::kStateQuery) && error.retryable; }

/// Frees the key unless the answer was saved, whatever happens on the way.
class Claim {
 public:
  Claim(IdempotencyStore& store, const Principal& principal, std::string key)
      : store_(store), principal_(principal), key_(std::move(key)) {}
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  ~Claim() {
    if (done_) return;
    const Status status = store_.Abandon(principal_, key_);
    if (!status) spdlog::warn("An idempotency key was not freed: {}", status.error().ToString());
  }

  /// It may have been done: never again with this key.
  void Keep() { done_ = true; }

  void Finish(const Response& response, const std::string& fingerprint) {
    const auto text = [&](std::string_view name) { return std::string(response.headers.Get(name).value_or("")); };
    const Status status =
        store_.Finish(principal_, key_, {fingerprint, response.status, response.body, text("ETag"), text("Location")});
    if (!status) spdlog::warn("An answer was not kept for its idempotency key: {}", status.error().ToString());
    done_ = true;
  }

 private:
  IdempotencyStore& store_;
  const Principal& principal_;
  std::string key_;
  bool done_ = false;
};

}  // namespace

Status OncePerKey(Exchange& exchange, IdempotencyStore& store, const std::function<Status()>& handle) {
  const auto key = exchange.request.headers.Get("idempotency-key");
  const bool takes_key = exchange.request.method == Method::kPost && exchange.route->idempotent_key;
  if (!key || !takes_key || !exchange.principal) return handle();
  if (!IsKey(*key)) return Fail(codes::kApiField, "Idempotency-Key must be 1 to 255 visible characters");
  const std::string fingerprint = Fingerprint(exchange.request);
  MIQ_ASSIGN(const auto saved, store.Begin(*exchange.principal, std::string(*key), fingerprint));
  if (saved) return Replay(exchange, *saved, fingerprint);
  Claim claim(store, *exchange.principal, std::string(*key));
  const Status handled = handle();
  if (!handled && IsInDoubt(handled.error())) claim.Keep();
  MIQ_TRY(handled);
  if (IsKept(exchange.response)) claim.Finish(exchange.response, fingerprint);
  return {};
}

}  // namespace migrateiq::http::detail
