#include "modules/projects/team/presence.hpp"

#include <boost/json.hpp>

namespace migrateiq::projects {

namespace {

namespace json = boost::json;

constexpr std::string_view kType = "presence:", kTopic = "project:";
constexpr Micros kHere = 30 * kSecond;

std::string Member(const json::object& object, const char* name) {
  const json::value* member = object.if_contains(name);
  return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

}  // namespace

void Presence::Hear(const realtime::Event& event) {
  if (!event.type.starts_with(kType) || !event.topic.starts_with(kTopic)) return;
  boost::system::error_code error;
  const json::value data = json::parse(event.data, error);
  if (error || !data.is_object()) return;
  const json::object& object = data.get_object();
  const json::value* state = object.if_contains("state");
  const std::string subject = event.type.substr(kType.size());
  const Micros now = clock_.Now();
  const std::lock_guard lock(mutex_);
  if (now - tidied_at_ > kHere) Forget(now - kHere);
  if (state == nullptr || state->is_null())
    by_topic_[event.topic].erase(subject);
  else
    by_topic_[event.topic][subject] = {Member(object, "user_id"), Member(object, "name"), *state, now};
}

void Presence::Forget(Micros before) {
  for (auto& [topic, people] : by_topic_)
    std::erase_if(people, [&](const auto& one) { return one.second.seen_at < before; });
  std::erase_if(by_topic_, [](const auto& topic) { return topic.second.empty(); });
  tidied_at_ = clock_.Now();
}

std::vector<Present> Presence::In(const std::string& project_id) {
  const std::lock_guard lock(mutex_);
  Forget(clock_.Now() - kHere);
  std::vector<Present> people;
  const auto found = by_topic_.find(std::string(kTopic) + project_id);
  if (found == by_topic_.end()) return people;
  for (const auto& [subject, present] : found->second) people.push_back(present);
  return people;
}

}  // namespace migrateiq::projects
