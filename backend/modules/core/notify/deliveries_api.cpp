#include <boost/describe/enum_from_string.hpp>

#include "modules/core/answer_values.hpp"
#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

enum class DeliveryOutcome { waiting, delivered, failed };
BOOST_DESCRIBE_ENUM(DeliveryOutcome, waiting, delivered, failed)

struct DeliveryView {
  std::string delivery_id, subject;
  DeliveryOutcome outcome = DeliveryOutcome::waiting;
  std::optional<std::string> problem;
  int64_t attempts = 0;
  Moment created_at;
  std::optional<Moment> next_at, finished_at;
};
BOOST_DESCRIBE_STRUCT(DeliveryView, (),
                      (delivery_id, subject, outcome, problem, attempts, created_at, next_at, finished_at))

struct ListDeliveries {
  std::optional<DeliveryOutcome> outcome;
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListDeliveries, (), (outcome, limit, cursor))

DeliveryView ViewOf(const DeliveryRow& row) {
  DeliveryView view{.delivery_id = row.delivery_id, .subject = row.subject};
  boost::describe::enum_from_string(row.outcome.c_str(), view.outcome);
  view.problem = Given(row.problem);
  view.attempts = row.attempts;
  view.created_at = {row.created_at};
  view.next_at = Given(row.next_at);
  view.finished_at = Given(row.finished_at);
  return view;
}

std::string CursorOf(const DeliveryRow& row) { return EncodeCursor({std::to_string(row.created_at), row.delivery_id}); }

http::Route DeliveryRoute(Method method, const std::string& rest, std::string name, std::string summary) {
  return PermissionRoute(method, "/api/v1/notification-channels/{channel_id}/deliveries" + rest, std::move(name),
                         "notifications.write", std::move(summary));
}

}  // namespace

void AddDeliveryRoutes(http::Router& router, CoreServices& services) {
  router.Add<Nothing, ListDeliveries, Page<DeliveryView>>(
      DeliveryRoute(Method::kGet, "", "listDeliveries",
                    "What was sent by a channel, waits, or was given up, the newest first."),
      [&](Context& context, const Nothing&, const ListDeliveries& query) -> Result<Page<DeliveryView>> {
        const std::string& tenant_id = context.principal.tenant_id;
        MIQ_ASSIGN(const ChannelRow channel, services.channels.Get(tenant_id, context.Path("channel_id")));
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows,
                   services.deliveries.List(tenant_id, channel.channel_id, WordOf(query.outcome), page));
        return MakePage<DeliveryView, DeliveryRow>(rows, page.limit, ViewOf, CursorOf);
      });
  http::Route retry =
      DeliveryRoute(Method::kPost, "/{delivery_id}/retry", "retryDelivery", "Try a delivery again that was given up.");
  retry.idempotent_key = false;
  retry.success = 202;
  router.Add<Nothing, Nothing, Nothing>(
      std::move(retry), [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.deliveries.Retry(ActorOf(context), context.Path("channel_id"), context.Path("delivery_id")));
        return Nothing{};
      });
}

}  // namespace migrateiq::core
