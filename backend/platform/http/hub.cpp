#include "platform/http/hub.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::http {

namespace {

namespace json = boost::json;
using SteadyClock = std::chrono::steady_clock;
using Text = std::shared_ptr<const std::string>;

Text Share(const json::value& value) { return std::make_shared<const std::string>(JsonText(value)); }

/// The event's data is JSON text already.
Text EventText(const realtime::Event& event) {
  return std::make_shared<const std::string>(R"({"is":"event","topic":)" + JsonQuoted(event.topic) + R"(,"sequence":)" +
                                             std::to_string(event.sequence) + R"(,"type":)" + JsonQuoted(event.type) +
                                             R"(,"data":)" + (event.data.empty() ? "null" : event.data) + "}");
}

Text ResyncText(const std::string& topic) { return Share(json::object{{"is", "resync"}, {"topic", topic}}); }

std::string Member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The newest of each topic and type.
using Progress = std::map<std::pair<std::string, std::string>, Text>;

/// One client, as the hub sees it. Guarded by the hub's mutex, but for the connection, which is thread-safe, and the
/// principal, which belongs to the hub's thread.
struct Client {
  Principal principal;
  std::weak_ptr<WebSocketConnection> connection;
  std::map<std::string, int64_t> topics;  ///< topic -> last sequence number sent
  Progress held_progress;                 ///< what it was too slow for, to be sent later
  std::set<std::string> behind;           ///< topics of which events were dropped
  double allowance = 0;
  SteadyClock::time_point last_message = SteadyClock::now();
};

}  // namespace

struct Hub::Impl : std::enable_shared_from_this<Hub::Impl> {
  Impl(realtime::Bus& the_bus, Authorize ask, Renew again, Options the_options)
      : bus(the_bus), authorize(std::move(ask)), renew(std::move(again)), options(the_options) {}

  // --- the hub's own thread: what may block
  void Post(std::function<void()> job) {
    {
      const std::lock_guard lock(jobs_mutex);
      jobs.push_back(std::move(job));
    }
    jobs_changed.notify_one();
  }

  void Loop() {
    auto next_flush = SteadyClock::now() + options.progress_interval;
    auto next_check = SteadyClock::now() + options.recheck;
    while (!stopping) {
      for (const auto& job : TakeJobs(next_flush)) job();
      const auto now = SteadyClock::now();
      if (now >= next_flush) {
        FlushProgress();
        next_flush = now + options.progress_interval;
      }
      if (now >= next_check) {
        CheckRights();
        next_check = SteadyClock::now() + options.recheck;
      }
    }
  }

  std::deque<std::function<void()>> TakeJobs(SteadyClock::time_point until) {
    std::unique_lock lock(jobs_mutex);
    jobs_changed.wait_until(lock, until, [&] { return stopping || !jobs.empty(); });
    return std::exchange(jobs, {});
  }

  std::vector<std::shared_ptr<Client>> Everybody() {
    const std::lock_guard lock(mutex);
    return {clients.begin(), clients.end()};
  }

  /// Asked once for each session or key, and for each of its topics, however many connections it has.
  struct Answers {
    std::map<std::string, Result<Principal>> present;
    std::map<std::pair<std::string, std::string>, Status> topics;
  };

  void CheckRights() {
    Answers answers;
    for (const auto& client : Everybody()) CheckRights(*client, answers);
  }

  void CheckRights(Client& client, Answers& answers) {
    const std::string who = WhoIs(client.principal);
    const auto known = answers.present.find(who);
    const Result<Principal>& present = known != answers.present.end()
                                           ? known->second
                                           : answers.present.emplace(who, renew(client.principal)).first->second;
    if (!present) return CloseIfSignedOut(client, present.error());
    client.principal = *present;
    for (const std::string& topic : TopicsOf(client)) {
      const auto [allowed, unasked] = answers.topics.try_emplace({who, topic});
      if (unasked) allowed->second = authorize(client.principal, topic);
      if (allowed->second || !IsRefusal(allowed->second.error())) continue;
      Unsubscribe(client, topic);
      SendError(client, topic, allowed->second.error());
    }
  }

  static std::string WhoIs(const Principal& principal) {
    return principal.user_id + ' ' + principal.session_id + ' ' + principal.api_key_id;
  }

  static bool IsRefusal(const Error& error) { return error.Is(codes::kApiForbidden) || error.Is(codes::kApiNotFound); }

  static void CloseIfSignedOut(const Client& client, const Error& error) {
    if (!error.Is(codes::kApiUnauthenticated)) return;
    if (const auto connection = client.connection.lock()) connection->Close(4401, "signed out");
  }

  std::vector<std::string> TopicsOf(const Client& client) {
    const std::lock_guard lock(mutex);
    std::vector<std::string> topics;
    for (const auto& [topic, sequence] : client.topics) topics.push_back(topic);
    return topics;
  }

  // --- sending
  static void Send(const Client& client, const Text& text) {
    if (const auto connection = client.connection.lock()) connection->Send(text);
  }

  static void SendError(const Client& client, const std::string& topic, const Error& error) {
    Send(client,
         Share(json::object{{"is", "error"}, {"topic", topic}, {"code", error.code.code}, {"message", error.message}}));
  }

  static bool IsSlow(const Client& client, size_t limit) {
    const auto connection = client.connection.lock();
    return connection == nullptr || connection->queued() >= limit;
  }

  /// Called by the bus. Progress is kept back to be coalesced; of other events none is skipped without a resync.
  void Hear(const realtime::Event& event) {
    const std::lock_guard lock(mutex);
    if (event.topic.empty()) return HearOfGap();
    const auto subscribed = by_topic.find(event.topic);
    if (subscribed == by_topic.end()) return;
    const Text text = EventText(event);
    if (event.ephemeral) {
      progress[{event.topic, event.type}] = text;
      return;
    }
    SendProgressOf(event.topic, subscribed->second);
    for (Client* client : subscribed->second) {
      int64_t& seen = client->topics[event.topic];
      if (event.sequence <= seen) continue;  // sent with the history
      if (client->behind.contains(event.topic)) continue;
      if (IsSlow(*client, options.queue_limit)) {
        client->behind.insert(event.topic);
        continue;
      }
      seen = event.sequence;
      Send(*client, text);
    }
  }

  /// The bus may have lost events, and its numbers may begin anew: all must load what they show.
  void HearOfGap() {
    for (const auto& client : clients) {
      const bool slow = IsSlow(*client, options.queue_limit);
      for (auto& [topic, seen] : client->topics) {
        seen = 0;
        if (slow)
          client->behind.insert(topic);
        else
          Send(*client, ResyncText(topic));
      }
    }
  }

  void FlushProgress() {
    const std::lock_guard lock(mutex);
    for (Client* client : std::exchange(lagging, {})) SendProgress(*client, std::exchange(client->held_progress, {}));
    for (const auto& [name, text] : std::exchange(progress, {})) {
      const auto subscribed = by_topic.find(name.first);
      if (subscribed == by_topic.end()) continue;
      for (Client* client : subscribed->second) SendProgress(*client, {{name, text}});
    }
  }

  /// What was held back comes before what happened after it.
  template <class Clients>
  void SendProgressOf(const std::string& topic, const Clients& subscribed) {
    for (auto held = progress.lower_bound({topic, ""}); held != progress.end() && held->first.first == topic;) {
      for (Client* client : subscribed) SendProgress(*client, {*held});
      held = progress.erase(held);
    }
  }

  /// What a client is too slow for waits for the next turn, where newer progress takes its place.
  void SendProgress(Client& client, const Progress& newest) {
    const bool slow = IsSlow(client, options.queue_limit / 2);
    for (const auto& [name, text] : newest) {
      if (slow)
        client.held_progress[name] = text;
      else
        Send(client, text);
    }
    if (slow) lagging.insert(&client);
  }

  /// The client has read what was queued: it is told what it missed.
  void CatchUp(Client& client) {
    const std::lock_guard lock(mutex);
    if (client.behind.empty() || IsSlow(client, options.queue_limit / 2)) return;
    for (const std::string& topic : client.behind) Send(client, ResyncText(topic));
    client.behind.clear();
  }

  // --- what clients ask for
  void Subscribe(const std::shared_ptr<Client>& client, const std::string& topic, std::optional<int64_t> since) {
    if (const Status allowed = authorize(client->principal, topic); !allowed)
      return SendError(*client, topic, allowed.error());
    {
      const std::lock_guard lock(mutex);
      if (!clients.contains(client)) return;  // gone meanwhile
      if (client->topics.size() >= options.topics_per_client && !client->topics.contains(topic))
        return SendError(*client, topic, Error(codes::kApiQuota, "too many topics for one connection"));
      client->topics.try_emplace(topic, since.value_or(0));
      by_topic[topic].insert(client.get());
    }
    const auto history = bus.Since(topic, since.value_or(0));
    const std::lock_guard lock(mutex);
    if (!client->topics.contains(topic)) return;
    int64_t& seen = client->topics[topic];
    if (since && (!history || !*history)) Send(*client, ResyncText(topic));
    if (history && *history) {
      for (const realtime::Event& event : **history) {
        if (since && event.sequence > seen) Send(*client, EventText(event));
        seen = std::max(seen, event.sequence);
      }
    }
    Send(*client, Share(json::object{{"is", "subscribed"}, {"topic", topic}, {"sequence", seen}}));
  }

  void Unsubscribe(Client& client, const std::string& topic) {
    const std::lock_guard lock(mutex);
    client.topics.erase(topic);
    client.behind.erase(topic);
    std::erase_if(client.held_progress, [&](const auto& entry) { return entry.first.first == topic; });
    Forget(topic, &client);
  }

  void Forget(const std::string& topic, Client* client) {
    const auto subscribed = by_topic.find(topic);
    if (subscribed == by_topic.end()) return;
    subscribed->second.erase(client);
    if (subscribed->second.empty()) by_topic.erase(subscribed);
  }

  void Presence(const Client& client, const std::string& topic, const json::value& state) {
    {
      const std::lock_guard lock(mutex);
      if (!client.topics.contains(topic))
        return SendError(client, topic, Error(codes::kApiState, "subscribe to the topic first"));
    }
    const json::object data{{"user_id", client.principal.user_id}, {"name", client.principal.name}, {"state", state}};
    (void)bus.Publish(
        {.topic = topic, .type = "presence:" + client.principal.subject(), .data = JsonText(data), .ephemeral = true});
  }

  void Leave(const std::shared_ptr<Client>& client) {
    std::vector<std::string> topics;
    {
      const std::lock_guard lock(mutex);
      for (const auto& [topic, sequence] : client->topics) {
        topics.push_back(topic);
        Forget(topic, client.get());
      }
      client->topics.clear();
      lagging.erase(client.get());
      clients.erase(client);
    }
    if (stopping) return;
    for (const std::string& topic : topics) {
      if (!topic.starts_with("project:")) continue;
      const json::object data{
          {"user_id", client->principal.user_id}, {"name", client->principal.name}, {"state", nullptr}};
      (void)bus.Publish({.topic = topic,
                         .type = "presence:" + client->principal.subject(),
                         .data = JsonText(data),
                         .ephemeral = true});
    }
  }

  /// False when the client sends too much.
  bool TakeAllowance(Client& client) const {
    const auto now = SteadyClock::now();
    const double seconds = std::chrono::duration<double>(now - client.last_message).count();
    client.last_message = now;
    client.allowance =
        std::min(client.allowance + seconds * options.messages_per_second, options.messages_per_second * 2);
    if (client.allowance < 1) return false;
    client.allowance -= 1;
    return true;
  }

  void Obey(const std::shared_ptr<Client>& client, const std::string& text) {
    const auto parsed = ParseStrictJson(text);
    if (!parsed || !parsed->is_object())
      return SendError(*client, "", Error(codes::kApiJson, "a message is one JSON object"));
    const json::object& message = parsed->get_object();
    const std::string action = Member(message, "do"), topic = Member(message, "topic");
    if (action == "ping") return Send(*client, Share(json::object{{"is", "pong"}}));
    if (topic.empty() || topic.size() > 200)
      return SendError(*client, "", Error(codes::kApiField, "the message names no topic"));
    if (action == "subscribe") {
      const json::value* since = message.if_contains("since");
      const bool given = since != nullptr && since->is_int64() && since->get_int64() >= 0;
      return Subscribe(client, topic, given ? std::optional(since->get_int64()) : std::nullopt);
    }
    if (action == "unsubscribe") return Unsubscribe(*client, topic);
    if (action == "presence") {
      const json::value* state = message.if_contains("state");
      return Presence(*client, topic, state == nullptr ? json::value(nullptr) : *state);
    }
    SendError(*client, topic, Error(codes::kApiField, "'do' is subscribe, unsubscribe, presence or ping"));
  }

  realtime::Bus& bus;
  const Authorize authorize;
  const Renew renew;
  const Options options;
  std::mutex mutex;
  std::set<std::shared_ptr<Client>> clients;
  std::map<std::string, std::set<Client*>> by_topic;
  Progress progress;          ///< to be sent to all who hear the topic
  std::set<Client*> lagging;  ///< those with held progress
  std::atomic<bool> stopping = false;
  std::mutex jobs_mutex;
  std::condition_variable jobs_changed;
  std::deque<std::function<void()>> jobs;
  std::thread thread;
};

namespace {

/// One connection's events, handed on to the hub's thread.
template <class Impl>
class HubConnection : public WebSocketHandler {
 public:
  HubConnection(std::shared_ptr<Impl> hub, Principal principal, std::vector<std::string> topics)
      : hub_(std::move(hub)), topics_(std::move(topics)), client_(std::make_shared<Client>()) {
    client_->principal = std::move(principal);
    client_->allowance = hub_->options.messages_per_second * 2;
  }

  void OnOpen(std::weak_ptr<WebSocketConnection> connection) override {
    client_->connection = std::move(connection);
    {
      const std::lock_guard lock(hub_->mutex);
      hub_->clients.insert(client_);
    }
    for (const std::string& topic : topics_)
      hub_->Post([hub = hub_.get(), client = client_, topic] { hub->Subscribe(client, topic, std::nullopt); });
  }

  void OnMessage(std::string text) override {
    if (!hub_->TakeAllowance(*client_)) {
      if (const auto connection = client_->connection.lock()) connection->Close(1008, "too many messages");
      return;
    }
    hub_->Post([hub = hub_.get(), client = client_, text = std::move(text)] { hub->Obey(client, text); });
  }

  void OnWritten() override { hub_->CatchUp(*client_); }

  void OnClose() override {
    hub_->Post([hub = hub_.get(), client = client_] { hub->Leave(client); });
  }

 private:
  const std::shared_ptr<Impl> hub_;
  const std::vector<std::string> topics_;  ///< to begin with
  const std::shared_ptr<Client> client_;
};

}  // namespace

Hub::Hub(realtime::Bus& bus, Authorize authorize, Renew renew, Options options)
    : impl_(std::make_shared<Impl>(bus, std::move(authorize), std::move(renew), options)) {
  bus.Listen([weak = std::weak_ptr<Impl>(impl_)](const realtime::Event& event) {
    const auto impl = weak.lock();
    if (impl == nullptr) return;
    impl->Hear(event);
    if (event.type == kSessionEnded) impl->Post([impl = impl.get()] { impl->CheckRights(); });
  });
  impl_->thread = std::thread([impl = impl_.get()] { impl->Loop(); });
}

Hub::~Hub() {
  impl_->stopping = true;
  impl_->jobs_changed.notify_one();
  impl_->thread.join();
}

std::shared_ptr<WebSocketHandler> Hub::Accept(Principal principal, std::vector<std::string> topics) {
  return std::make_shared<HubConnection<Impl>>(impl_, std::move(principal), std::move(topics));
}

void Hub::Recheck() {
  impl_->Post([impl = impl_.get()] { impl->CheckRights(); });
}

size_t Hub::clients() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->clients.size();
}

}  // namespace migrateiq::http
