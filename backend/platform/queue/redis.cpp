#include "platform/queue/redis.hpp"

#include <hiredis/hiredis.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <thread>

#include "base/encoding.hpp"
#include "base/errors/server.hpp"
#include "platform/queue/redis_connect.hpp"

namespace migrateiq::redis {

namespace {

constexpr int kRedirections = 8;
constexpr size_t kIdlePerNode = 16;

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

Reply Convert(const redisReply& reply) {
  Reply result;
  switch (reply.type) {
    case REDIS_REPLY_INTEGER:
      result.kind = Reply::Kind::kInteger;
      result.integer = reply.integer;
      break;
    case REDIS_REPLY_ARRAY:
      result.kind = Reply::Kind::kArray;
      for (size_t index = 0; index < reply.elements; ++index) result.items.push_back(Convert(*reply.element[index]));
      break;
    case REDIS_REPLY_NIL: break;
    default: result.kind = Reply::Kind::kText; result.text.assign(reply.str, static_cast<size_t>(reply.len));
  }
  return result;
}

std::optional<Address> ParseAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  Address address{std::string(text.substr(0, colon)), 6379};
  if (colon != std::string_view::npos) {
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc() || end != port.data() + port.size() || address.port < 1 || address.port > 65535)
      return std::nullopt;
  }
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host.empty()) return std::nullopt;
  return address;
}

std::string PercentDecoded(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    unsigned value = 0;
    if (text[at] == '%' && at + 2 < text.size() &&
        std::from_chars(text.data() + at + 1, text.data() + at + 3, value, 16).ptr == text.data() + at + 3) {
      result += static_cast<char>(value);
      at += 2;
    } else {
      result += text[at];
    }
  }
  return result;
}

/// CRC16-CCITT (XMODEM), as the cluster specification of Redis has it.
uint16_t Crc16(std::string_view text) {
  uint16_t crc = 0;
  for (const unsigned char byte : text) {
    crc = static_cast<uint16_t>(crc ^ (byte << 8));
    for (int bit = 0; bit < 8; ++bit) crc = static_cast<uint16_t>((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
  }
  return crc;
}

/// The address in "MOVED 1234 host:port" or "ASK 1234 host:port"; an empty host means the node that said it.
std::optional<Address> Redirection(const std::string& refusal, const Address& from) {
  const size_t last = refusal.rfind(' ');
  if (last == std::string::npos) return std::nullopt;
  std::string text = refusal.substr(last + 1);
  if (text.starts_with(':')) text = from.host + text;
  return ParseAddress(text);
}

Error Down(const std::string& message) { return Error(codes::kQueueDown, "Redis: " + message).Retryable(); }

timeval ToTimeval(std::chrono::milliseconds time) {
  return {.tv_sec = time.count() / 1000, .tv_usec = (time.count() % 1000) * 1000};
}

constexpr std::chrono::milliseconds kPatience{5000};

}  // namespace

Result<Options> ParseUrl(const std::string& url) {
  constexpr std::string_view kScheme = "redis://";
  if (!url.starts_with(kScheme))
    return Fail(Error(codes::kSettingValue, "a Redis URL begins with redis://").At("redis.url"));
  std::string_view rest = std::string_view(url).substr(kScheme.size());
  rest = rest.substr(0, rest.find('/'));
  Options options;
  if (const size_t at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = rest.substr(0, at);
    const size_t colon = login.find(':');
    options.user = PercentDecoded(login.substr(0, colon == std::string_view::npos ? 0 : colon));
    options.password = PercentDecoded(colon == std::string_view::npos ? login : login.substr(colon + 1));
    rest = rest.substr(at + 1);
  }
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    const auto address = ParseAddress(rest.substr(0, comma));
    if (!address)
      return Fail(Error(codes::kSettingValue, "a Redis URL names host:port, apart by commas").At("redis.url"));
    options.nodes.push_back(*address);
    rest = rest.substr(std::min(comma + 1, rest.size()));
  }
  if (options.nodes.empty()) return Fail(Error(codes::kSettingValue, "the Redis URL names no host").At("redis.url"));
  return options;
}

int SlotOf(std::string_view key) {
  const size_t open = key.find('{');
  const size_t close = open == std::string_view::npos ? open : key.find('}', open + 1);
  if (close != std::string_view::npos && close > open + 1) key = key.substr(open + 1, close - open - 1);
  return Crc16(key) % 16384;
}

Client::Client(Options options) : options_(std::move(options)) {}
Client::~Client() = default;

void Client::Free::operator()(redisContext* context) const { redisFree(context); }

Result<Client::Connection> Client::Connect(const Address& node) const {
  Connection connection(redisConnectWithTimeout(node.host.c_str(), node.port, ToTimeval(std::chrono::seconds(2))));
  if (connection == nullptr || connection->err != 0)
    return Fail(
        Down(node.host + ":" + std::to_string(node.port) + ": " + (connection ? connection->errstr : "no memory")));
  redisEnableKeepAlive(connection.get());
  MIQ_TRY(Login(*connection, options_));
  return connection;
}

Result<Client::Connection> Client::Take(const Address& node) {
  {
    const std::lock_guard lock(mutex_);
    auto& idle = idle_[node];
    if (!idle.empty()) {
      Connection connection = std::move(idle.back());
      idle.pop_back();
      return connection;
    }
  }
  return Connect(node);
}

void Client::Return(const Address& node, Connection connection) {
  const std::lock_guard lock(mutex_);
  auto& idle = idle_[node];
  if (idle.size() < kIdlePerNode) idle.push_back(std::move(connection));
}

Result<Client::Sent> Client::SendOnce(redisContext& connection, const std::vector<std::string>& arguments,
                                      std::chrono::milliseconds wait) {
  redisSetTimeout(&connection, ToTimeval(kPatience + wait));
  std::vector<const char*> texts;
  std::vector<size_t> sizes;
  for (const std::string& argument : arguments) {
    texts.push_back(argument.data());
    sizes.push_back(argument.size());
  }
  const std::unique_ptr<redisReply, FreeReply> reply(static_cast<redisReply*>(
      redisCommandArgv(&connection, static_cast<int>(texts.size()), texts.data(), sizes.data())));
  if (reply == nullptr) return Fail(Down(connection.errstr));
  if (reply->type == REDIS_REPLY_ERROR)
    return Sent{.reply = {}, .refusal = std::string(reply->str, static_cast<size_t>(reply->len))};
  return Sent{.reply = Convert(*reply), .refusal = {}};
}

Result<Client::Sent> Client::Send(const Address& node, const std::vector<std::string>& arguments,
                                  std::chrono::milliseconds wait, bool asking) {
  Result<Sent> sent = Fail(Down("not reached"));
  for (int attempt = 0; attempt < 2; ++attempt) {  // an idle connection may have been closed by the server
    MIQ_ASSIGN(Connection connection, attempt == 0 ? Take(node) : Connect(node));
    if (asking) MIQ_TRY(SendOnce(*connection, {"ASKING"}, {}));
    sent = SendOnce(*connection, arguments, wait);
    if (!sent) continue;
    Return(node, std::move(connection));
    return sent;
  }
  return sent;
}

Address Client::NodeOf(int slot) {
  const std::lock_guard lock(mutex_);
  const auto found = slot_ends_.lower_bound(slot);
  return found == slot_ends_.end() ? options_.nodes.front() : found->second;
}

/// Asks any node that answers; keeps what it knew when none does.
void Client::LearnSlots() {
  std::vector<Address> nodes = options_.nodes;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [last, node] : slot_ends_) nodes.push_back(node);
  }
  for (const Address& node : nodes) {
    const auto sent = Send(node, {"CLUSTER", "SLOTS"}, {}, false);
    if (!sent || !sent->refusal.empty()) continue;
    std::map<int, Address> ends;
    for (const Reply& range : sent->reply.items) {
      if (range.items.size() < 3 || range.items[2].items.size() < 2) continue;
      const Reply& master = range.items[2];
      const std::string host = master.items[0].text.empty() ? node.host : master.items[0].text;
      ends[static_cast<int>(range.items[1].integer)] = {host, static_cast<int>(master.items[1].integer)};
    }
    const std::lock_guard lock(mutex_);
    slot_ends_ = std::move(ends);
    return;
  }
}

Result<Reply> Client::Run(const std::string& key, const std::vector<std::string>& arguments,
                          std::chrono::milliseconds wait) {
  Address node = NodeOf(SlotOf(key));
  bool asking = false;
  Error last = Down("too many redirections");
  for (int step = 0; step < kRedirections; ++step) {
    const auto sent = Send(node, arguments, wait, asking);
    asking = false;
    if (!sent) {  // a node died: another may have its slots after a moment
      last = sent.error();
      if (options_.nodes.size() == 1 && step > 0) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(50 << std::min(step, 5)));
      LearnSlots();
      node = NodeOf(SlotOf(key));
      if (node == options_.nodes.front() && options_.nodes.size() > 1)
        node = options_.nodes[static_cast<size_t>(step) % options_.nodes.size()];
      continue;
    }
    if (sent->refusal.empty()) return sent->reply;
    const bool moved = sent->refusal.starts_with("MOVED ");
    if (moved || sent->refusal.starts_with("ASK ")) {
      const auto there = Redirection(sent->refusal, node);
      if (!there) return Fail(Down(sent->refusal));
      if (moved) LearnSlots();
      node = *there;
      asking = !moved;
      continue;
    }
    if (sent->refusal.starts_with("TRYAGAIN") || sent->refusal.starts_with("CLUSTERDOWN") ||
        sent->refusal.starts_with("LOADING") || sent->refusal.starts_with("MASTERDOWN")) {
      last = Down(sent->refusal);
      std::this_thread::sleep_for(std::chrono::milliseconds(100 << std::min(step, 4)));
      LearnSlots();
      continue;
    }
    return Fail(Error(codes::kQueueDown, "Redis: " + sent->refusal));
  }
  return Fail(std::move(last));
}

Result<Reply> Client::RunScript(const std::string& key, const std::string& script,
                                const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"EVAL", script, "1", key};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return Run(key, words);
}

}  // namespace migrateiq::redis
