#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

struct CreateApiKey {
  Text<1, 200> name;
  std::vector<std::string> permissions;
  std::optional<Moment> expires_at;
};
BOOST_DESCRIBE_STRUCT(CreateApiKey, (), (name, permissions, expires_at))

struct ApiKeyView {
  std::string key_id, name, user_id;
  std::vector<std::string> permissions;
  Moment created_at;
  std::optional<Moment> expires_at, last_used_at;
};
BOOST_DESCRIBE_STRUCT(ApiKeyView, (), (key_id, name, user_id, permissions, created_at, expires_at, last_used_at))

struct ApiKeyMade {
  ShownOnce key;
  ApiKeyView api_key;
};
BOOST_DESCRIBE_STRUCT(ApiKeyMade, (), (key, api_key))

struct ListApiKeys {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListApiKeys, (), (limit, cursor))

std::optional<Moment> Optional(const std::optional<Micros>& micros) {
  return micros ? std::optional(Moment{*micros}) : std::nullopt;
}

ApiKeyView ViewOf(const ApiKeyRow& row) {
  return {row.key_id,
          row.name,
          row.user_id,
          row.permissions,
          {row.created_at},
          Optional(row.expires_at),
          Optional(row.last_used_at)};
}

std::string CursorOf(const ApiKeyRow& row) { return EncodeCursor({std::to_string(row.created_at), row.key_id}); }

}  // namespace

void AddApiKeyRoutes(http::Router& router, CoreServices& services) {
  http::Route create = PermissionRoute(Method::kPost, "/api/v1/api-keys", "createApiKey", "keys.write",
                                       "Make an API key for yourself; it is shown once.");
  create.step_up = true;
  create.idempotent_key = false;
  router.Add<CreateApiKey, Nothing, ApiKeyMade>(
      std::move(create), [&](Context& context, const CreateApiKey& body, const Nothing&) -> Result<ApiKeyMade> {
        NewApiKey wanted{body.name, body.permissions};
        if (body.expires_at) wanted.expires_at = body.expires_at->micros;
        MIQ_ASSIGN(const ApiKeys::Made made, services.api_keys.Make(ActorOf(context), wanted));
        context.response.headers.Set("Cache-Control", "no-store");
        return ApiKeyMade{{made.key}, ViewOf(made.row)};
      });
  router.Add<Nothing, ListApiKeys, Page<ApiKeyView>>(
      PermissionRoute(Method::kGet, "/api/v1/api-keys", "listApiKeys", "keys.write", "The tenant's API keys."),
      [&](Context& context, const Nothing&, const ListApiKeys& query) -> Result<Page<ApiKeyView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows, services.api_keys.List(context.principal.tenant_id, page));
        return MakePage<ApiKeyView, ApiKeyRow>(rows, page.limit, ViewOf, CursorOf);
      });
  router.Add<Nothing, Nothing, Nothing>(PermissionRoute(Method::kDelete, "/api/v1/api-keys/{key_id}", "revokeApiKey",
                                                        "keys.write", "Revoke an API key; it ceases to work at once."),
                                        [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
                                          MIQ_TRY(services.api_keys.Revoke(ActorOf(context), context.Path("key_id")));
                                          return Nothing{};
                                        });
}

}  // namespace migrateiq::core
