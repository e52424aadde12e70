#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

struct NotificationPreferenceView {
  std::string event, text;
  bool in_app = true, mail = false;
  Whose whose = Whose::own;
};
BOOST_DESCRIBE_STRUCT(NotificationPreferenceView, (), (event, text, in_app, mail, whose))

struct ChooseNotification {
  bool in_app = true, mail = false;
  std::optional<Whose> whose;
};
BOOST_DESCRIBE_STRUCT(ChooseNotification, (), (in_app, mail, whose))

NotificationPreferenceView ViewOf(const Preference& preference) {
  NotificationPreferenceView view{preference.event, "", preference.in_app, preference.mail, preference.whose};
  for (const NotificationEvent& event : NotificationEvents()) {
    if (event.name == preference.event) view.text = event.text;
  }
  return view;
}

}  // namespace

void AddPreferenceRoutes(http::Router& router, CoreServices& services) {
  http::Route list = SignedInRoute(Method::kGet, "/api/v1/me/notification-preferences", "listNotificationPreferences",
                                   "What you hear of, and how: all events there are.");
  list.tag = "notifications";
  router.Add<Nothing, Nothing, Page<NotificationPreferenceView>>(
      http::Whole(std::move(list)),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Page<NotificationPreferenceView>> {
        MIQ_ASSIGN(const auto preferences, services.preferences.List(ActorOf(context)));
        Page<NotificationPreferenceView> page;
        for (const Preference& preference : preferences) page.items.push_back(ViewOf(preference));
        return page;
      });
  http::Route choose = SignedInRoute(Method::kPut, "/api/v1/me/notification-preferences/{event}", "chooseNotification",
                                     "Choose how you hear of an event: in the app, by mail, of everybody's runs.");
  choose.tag = "notifications";
  router.Add<ChooseNotification, Nothing, NotificationPreferenceView>(
      std::move(choose),
      [&](Context& context, const ChooseNotification& body, const Nothing&) -> Result<NotificationPreferenceView> {
        MIQ_ASSIGN(const Preference chosen,
                   services.preferences.Put(ActorOf(context), {context.Path("event"), body.in_app, body.mail,
                                                               body.whose.value_or(Whose::own)}));
        return ViewOf(chosen);
      });
}

}  // namespace migrateiq::core
