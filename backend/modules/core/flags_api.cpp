#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

using Percentage = Number<0, 100>;

struct FeatureFlagView {
  std::string name, text;
  bool enabled = false;
  int64_t percentage = 100;
  std::vector<std::string> user_ids;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(FeatureFlagView, (), (name, text, enabled, percentage, user_ids, version))

struct CreateFeatureFlag {
  Slug name;
  std::optional<Text<0, 500>> text;
  bool enabled = false;
  std::optional<Percentage> percentage;
  std::vector<std::string> user_ids;
};
BOOST_DESCRIBE_STRUCT(CreateFeatureFlag, (), (name, text, enabled, percentage, user_ids))

struct ChangeFeatureFlag {
  std::optional<Text<0, 500>> text;
  std::optional<bool> enabled;
  std::optional<Percentage> percentage;
  std::optional<std::vector<std::string>> user_ids;
};
BOOST_DESCRIBE_STRUCT(ChangeFeatureFlag, (), (text, enabled, percentage, user_ids))

struct FeatureFlagValues {
  std::map<std::string, bool> flags;
};
BOOST_DESCRIBE_STRUCT(FeatureFlagValues, (), (flags))

FeatureFlagView ViewOf(const FlagRow& row) {
  return {row.name, row.text, row.enabled, row.percentage, row.user_ids, row.version};
}

FlagChange ChangeOf(const ChangeFeatureFlag& body) {
  FlagChange change;
  if (body.text) change.text = *body.text;
  change.enabled = body.enabled;
  if (body.percentage) change.percentage = *body.percentage;
  change.user_ids = body.user_ids;
  return change;
}

void AddReading(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, Page<FeatureFlagView>>(
      http::Whole(PermissionRoute(Method::kGet, "/api/v1/feature-flags", "listFeatureFlags", "flags.write",
                                  "The feature flags.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Page<FeatureFlagView>> {
        MIQ_ASSIGN(const auto rows, services.flags.List(context.principal.tenant_id));
        Page<FeatureFlagView> page;
        for (const FlagRow& row : rows) page.items.push_back(ViewOf(row));
        return page;
      });
  router.Add<Nothing, Nothing, FeatureFlagValues>(
      SignedInRoute(Method::kGet, "/api/v1/feature-flags/evaluate", "evaluateFeatureFlags",
                    "Which features are on for you."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<FeatureFlagValues> {
        MIQ_ASSIGN(auto values, services.flags.Evaluate(context.principal.tenant_id, context.principal.user_id));
        return FeatureFlagValues{std::move(values)};
      });
  router.Add<Nothing, Nothing, FeatureFlagView>(
      PermissionRoute(Method::kGet, "/api/v1/feature-flags/{name}", "getFeatureFlag", "flags.write",
                      "One feature flag."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<FeatureFlagView> {
        MIQ_ASSIGN(const FlagRow row, services.flags.Get(context.principal.tenant_id, context.Path("name")));
        return Versioned(context, ViewOf(row));
      });
}

http::Route WriteRoute(Method method, std::string path, std::string name, std::string summary) {
  http::Route route =
      PermissionRoute(method, "/api/v1/feature-flags" + path, std::move(name), "flags.write", std::move(summary));
  route.conditional = method != Method::kPost;
  return route;
}

void AddWriting(http::Router& router, CoreServices& services) {
  router.Add<CreateFeatureFlag, Nothing, FeatureFlagView>(
      WriteRoute(Method::kPost, "", "createFeatureFlag", "Make a feature flag."),
      [&](Context& context, const CreateFeatureFlag& body, const Nothing&) -> Result<FeatureFlagView> {
        const FlagRow wanted{body.name, body.text.value_or(Text<0, 500>()), body.enabled, body.percentage.value_or(100),
                             body.user_ids};
        MIQ_ASSIGN(const FlagRow row, services.flags.Create(ActorOf(context), wanted));
        return Versioned(context, ViewOf(row));
      });
  router.Add<ChangeFeatureFlag, Nothing, FeatureFlagView>(
      WriteRoute(Method::kPatch, "/{name}", "changeFeatureFlag", "Switch a feature flag."),
      [&](Context& context, const ChangeFeatureFlag& body, const Nothing&) -> Result<FeatureFlagView> {
        MIQ_ASSIGN(const FlagRow row,
                   services.flags.Change(ActorOf(context), context.Path("name"), ChangeOf(body),
                                         [&](int64_t version) { return context.RequireMatch(version); }));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, Nothing, Nothing>(
      WriteRoute(Method::kDelete, "/{name}", "removeFeatureFlag", "Remove a feature flag; it is off then."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.flags.Remove(ActorOf(context), context.Path("name"),
                                      [&](int64_t version) { return context.RequireMatch(version); }));
        return Nothing{};
      });
}

}  // namespace

void AddFlagRoutes(http::Router& router, CoreServices& services) {
  AddReading(router, services);
  AddWriting(router, services);
}

}  // namespace migrateiq::core
