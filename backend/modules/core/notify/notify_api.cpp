#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

struct NotificationView {
  std::string notification_id, event, title, text, link;
  Moment created_at;
  std::optional<Moment> read_at;
};
BOOST_DESCRIBE_STRUCT(NotificationView, (), (notification_id, event, title, text, link, created_at, read_at))

struct ListNotifications {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor;
  std::optional<bool> unread;
};
BOOST_DESCRIBE_STRUCT(ListNotifications, (), (limit, cursor, unread))

enum class ChannelKind { webhook, email };
BOOST_DESCRIBE_ENUM(ChannelKind, webhook, email)

struct NotificationChannelView {
  std::string channel_id;
  ChannelKind kind = ChannelKind::webhook;
  std::string name, target;
  std::vector<std::string> events;
  bool enabled = true;
  Moment created_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(NotificationChannelView, (),
                      (channel_id, kind, name, target, events, enabled, created_at, version))

struct CreateNotificationChannel {
  ChannelKind kind = ChannelKind::webhook;
  Text<1, 100> name;
  Secret target;
  std::vector<std::string> events;
};
BOOST_DESCRIBE_STRUCT(CreateNotificationChannel, (), (kind, name, target, events))

struct NotificationChannelMade {
  NotificationChannelView channel;
  std::optional<ShownOnce> secret;
};
BOOST_DESCRIBE_STRUCT(NotificationChannelMade, (), (channel, secret))

struct ChangeNotificationChannel {
  std::optional<Text<1, 100>> name;
  std::optional<std::vector<std::string>> events;
  std::optional<bool> enabled;
};
BOOST_DESCRIBE_STRUCT(ChangeNotificationChannel, (), (name, events, enabled))

NotificationView ViewOf(const NotificationRow& row) {
  NotificationView view{row.notification_id, row.event, row.title, row.text, row.link, {row.created_at}, {}};
  if (row.read_at) view.read_at = Moment{*row.read_at};
  return view;
}

std::string CursorOf(const NotificationRow& row) {
  return EncodeCursor({std::to_string(row.created_at), row.notification_id});
}

NotificationChannelView ChannelView(const ChannelRow& row) {
  return {row.channel_id,   row.kind == "email" ? ChannelKind::email : ChannelKind::webhook,
          row.name,         row.target,
          row.events,       row.enabled,
          {row.created_at}, row.version};
}

Result<NewChannel> WantedOf(const CreateNotificationChannel& body) {
  NewChannel wanted{body.kind == ChannelKind::email ? "email" : "webhook", body.name, body.target.Reveal(),
                    body.events};
  if (body.kind == ChannelKind::webhook) return wanted;
  MIQ_ASSIGN(const Email address, Decode<Email>(boost::json::string(wanted.target)));
  wanted.target = address;
  return wanted;
}

void AddOwnNotifications(http::Router& router, CoreServices& services) {
  router.Add<Nothing, ListNotifications, Page<NotificationView>>(
      SignedInRoute(Method::kGet, "/api/v1/notifications", "listNotifications",
                    "Your notifications, the newest first."),
      [&](Context& context, const Nothing&, const ListNotifications& query) -> Result<Page<NotificationView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows, services.notifier.List(ActorOf(context), query.unread.value_or(false), page));
        return MakePage<NotificationView, NotificationRow>(rows, page.limit, ViewOf, CursorOf);
      });
  http::Route read = SignedInRoute(Method::kPost, "/api/v1/notifications/{notification_id}/read", "readNotification",
                                   "Mark one of your notifications as read.");
  read.idempotent_key = false;
  router.Add<Nothing, Nothing, Nothing>(
      std::move(read), [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.notifier.MarkRead(ActorOf(context), context.Path("notification_id")));
        return Nothing{};
      });
  http::Route all = SignedInRoute(Method::kPost, "/api/v1/notifications/read-all", "readAllNotifications",
                                  "Mark all your notifications as read.");
  all.idempotent_key = false;
  router.Add<Nothing, Nothing, Nothing>(std::move(all),
                                        [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
                                          MIQ_TRY(services.notifier.MarkAllRead(ActorOf(context)));
                                          return Nothing{};
                                        });
}

http::Route ChannelRoute(Method method, std::string path, std::string name, std::string summary) {
  http::Route route = PermissionRoute(method, "/api/v1/notification-channels" + path, std::move(name),
                                      "notifications.write", std::move(summary));
  route.idempotent_key = false;
  route.conditional = method == Method::kPatch || method == Method::kDelete;
  return route;
}

void AddReadingChannels(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, Page<NotificationChannelView>>(
      http::Whole(
          ChannelRoute(Method::kGet, "", "listNotificationChannels", "Where notifications go besides the app.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Page<NotificationChannelView>> {
        MIQ_ASSIGN(const auto rows, services.channels.List(context.principal.tenant_id));
        Page<NotificationChannelView> page;
        for (const ChannelRow& row : rows) page.items.push_back(ChannelView(row));
        return page;
      });
  router.Add<Nothing, Nothing, NotificationChannelView>(
      ChannelRoute(Method::kGet, "/{channel_id}", "getNotificationChannel", "One notification channel."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<NotificationChannelView> {
        MIQ_ASSIGN(const ChannelRow row,
                   services.channels.Get(context.principal.tenant_id, context.Path("channel_id")));
        return Versioned(context, ChannelView(row));
      });
}

void AddMakingChannels(http::Router& router, CoreServices& services) {
  router.Add<CreateNotificationChannel, Nothing, NotificationChannelMade>(
      ChannelRoute(Method::kPost, "", "createNotificationChannel",
                   "Add a webhook or an address; a webhook's signing secret is shown once."),
      [&](Context& context, const CreateNotificationChannel& body, const Nothing&) -> Result<NotificationChannelMade> {
        MIQ_ASSIGN(const NewChannel wanted, WantedOf(body));
        MIQ_ASSIGN(const Channels::Made made, services.channels.Create(ActorOf(context), wanted));
        context.response.headers.Set("Cache-Control", "no-store");
        NotificationChannelMade answer{ChannelView(made.row), std::nullopt};
        if (!made.secret.empty()) answer.secret = ShownOnce{made.secret};
        return answer;
      });
  http::Route test = ChannelRoute(Method::kPost, "/{channel_id}/test", "testNotificationChannel",
                                  "Send a notification to this channel, to try it.");
  test.success = 202;
  router.Add<Nothing, Nothing, Nothing>(std::move(test),
                                        [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
                                          MIQ_TRY(services.notifier.Test(ActorOf(context), context.Path("channel_id")));
                                          return Nothing{};
                                        });
}

void AddChangingChannels(http::Router& router, CoreServices& services) {
  router.Add<ChangeNotificationChannel, Nothing, NotificationChannelView>(
      ChannelRoute(Method::kPatch, "/{channel_id}", "changeNotificationChannel", "Change a notification channel."),
      [&](Context& context, const ChangeNotificationChannel& body, const Nothing&) -> Result<NotificationChannelView> {
        ChannelChange change{std::nullopt, body.events, body.enabled};
        if (body.name) change.name = *body.name;
        MIQ_ASSIGN(const ChannelRow row,
                   services.channels.Change(ActorOf(context), context.Path("channel_id"), change,
                                            [&](int64_t version) { return context.RequireMatch(version); }));
        return Versioned(context, ChannelView(row));
      });
  router.Add<Nothing, Nothing, Nothing>(
      ChannelRoute(Method::kDelete, "/{channel_id}", "removeNotificationChannel", "Remove a notification channel."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.channels.Remove(ActorOf(context), context.Path("channel_id"),
                                         [&](int64_t version) { return context.RequireMatch(version); }));
        return Nothing{};
      });
}

}  // namespace

void AddNotificationRoutes(http::Router& router, CoreServices& services) {
  AddOwnNotifications(router, services);
  AddReadingChannels(router, services);
  AddMakingChannels(router, services);
  AddChangingChannels(router, services);
}

}  // namespace migrateiq::core
