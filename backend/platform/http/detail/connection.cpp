#include "platform/http/detail/connection.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include "base/errors/api.hpp"
#include "platform/http/detail/chunked.hpp"
#include "platform/http/detail/compress.hpp"
#include "platform/http/detail/response_head.hpp"
#include "platform/http/detail/target.hpp"
#include "platform/http/gateway.hpp"

namespace migrateiq::http::detail {
namespace {

using std::chrono::steady_clock;
using Fault = std::unexpected<WireFault>;

constexpr size_t kFirstRead = 2048, kBodyRead = 64 * 1024, kKeptBuffer = 8 * 1024;
constexpr uint64_t kSlowestRate = 8 * 1024;
constexpr std::string_view kWebSocketPath = "/api/v1/ws";
/// The client has gone, or was too slow: there is nobody to answer.
constexpr WireFault kGone{0, ""};
constexpr WireFault kBusy{503, "The server has too much to do."};
constexpr WireFault kTooMany{503, "Too many connections of one address."};

Response FaultResponse(const WireFault& fault) {
  const ErrorCode& code = fault.status == 413   ? codes::kApiTooLarge
                          : fault.status == 503 ? codes::kApiUnavailable
                                                : codes::kApiMalformed;
  Response response = ProblemResponse(Error(code, std::string(fault.text)), "", {}, fault.status);
  if (fault.status == 503) response.headers.Set("Retry-After", "1");
  return response;
}

asio::const_buffer Buffer(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Connection::Connection(Core& core, Loop& loop, std::unique_ptr<Transport> transport, Peer peer)
    : core_(core), loop_(loop), transport_(std::move(transport)), peer_(std::move(peer)) {
  ++core_.connections;
  loop_.open.insert(this);
}

Connection::~Connection() {
  loop_.open.erase(this);
  --core_.connections;
}

void Connection::Drain() {
  if (idle_) Kill();
}

Awaitable<void> Connection::Run() {
  const bool ready = co_await transport_->Handshake(steady_clock::now() + core_.options.head_timeout);
  bool more = ready;
  while (more) more = co_await ServeOne();
  if (ready && !upgraded_) co_await transport_->Close();
}

Awaitable<bool> Connection::ServeOne() {
  auto head = co_await ReadHead();
  auto request = head ? MakeRequest(*head) : Fault(head.error());
  std::expected<void, WireFault> body;
  if (request) body = co_await ReadBody(*head, *request);
  if (request && body) co_return co_await Answered(*head, *request);
  const WireFault fault = request ? body.error() : request.error();
  if (fault.status != 0) co_await SendFault(fault);
  co_return false;
}

/// The first byte of a later request may take as long as an idle connection lives; the rest must come soon after it.
Awaitable<std::expected<Head, WireFault>> Connection::ReadHead() {
  idle_ = buffer_.empty();
  if (idle_ && core_.draining) co_return Fault(kGone);
  if (idle_) {
    const auto patience = std::exchange(fresh_, false) ? core_.options.head_timeout : core_.options.idle_timeout;
    const size_t count = co_await Fill(kFirstRead, steady_clock::now() + patience);
    if (count == 0) co_return Fault(kGone);
  }
  idle_ = false;
  const Moment until = steady_clock::now() + core_.options.head_timeout;
  while (true) {
    if (buffer_.starts_with("\r\n")) buffer_.erase(0, 2);
    const auto end = FindHeadEnd(buffer_);
    if (!end) co_return Fault(end.error());
    if (*end) {
      auto head = ParseHead(std::string_view(buffer_).substr(0, **end));
      buffer_.erase(0, **end);
      co_return head;
    }
    const size_t count = co_await Fill(kFirstRead, until);
    if (count == 0) co_return Fault(kGone);
  }
}

std::expected<Request, WireFault> Connection::MakeRequest(Head& head) const {
  const auto method = ParseMethod(head.method);
  if (!method) return Fault(WireFault{501, "That method is not known here."});
  auto target = DecodeTarget(head.target);
  if (!target) return Fault(WireFault{400, "The target is malformed."});
  Request request;
  request.method = *method;
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  request.host = target->authority.empty() ? std::move(head.host) : std::move(target->authority);
  Client client = ClientOf(core_.proxies, peer_.address, transport_->secure(), head.headers);
  request.address = std::move(client.address);
  request.secure = client.secure;
  request.headers = std::move(head.headers);
  return request;
}

Awaitable<std::expected<void, WireFault>> Connection::ReadBody(const Head& head, Request& request) {
  if (!head.chunked && head.content_length.value_or(0) == 0) co_return std::expected<void, WireFault>();
  const size_t limit = core_.callbacks.body_limit ? core_.callbacks.body_limit(request.method, request.path) : 1 << 20;
  if (head.content_length.value_or(0) > limit) co_return Fault(WireFault{413, "The body is too large."});
  const bool more = co_await Continue(head);
  if (!more) co_return Fault(kGone);
  if (head.chunked) co_return co_await ReadChunked(limit, request.body);
  co_return co_await ReadSized(*head.content_length, request.body);
}

/// Tells the client that its body is welcome, if it waits for that.
Awaitable<bool> Connection::Continue(const Head& head) {
  if (!head.expects_continue || !buffer_.empty()) co_return true;
  const Pieces pieces = {Buffer("HTTP/1.1 100 Continue\r\n\r\n")};
  co_return co_await transport_->Write(pieces, steady_clock::now() + core_.options.body_timeout);
}

/// Memory is taken as the bytes come, not as they are announced.
Awaitable<std::expected<void, WireFault>> Connection::ReadSized(size_t size, std::string& body) {
  const Moment begin = steady_clock::now();
  body = buffer_.substr(0, size);
  buffer_.erase(0, body.size());
  while (body.size() < size) {
    const size_t had = body.size();
    body.resize(had + std::min(kBodyRead, size - had));
    const asio::mutable_buffer room(body.data() + had, body.size() - had);
    const size_t count = co_await transport_->Read(room, BodyMoment(begin, had));
    if (count == 0) co_return Fault(kGone);
    body.resize(had + count);
  }
  co_return std::expected<void, WireFault>();
}

Awaitable<std::expected<void, WireFault>> Connection::ReadChunked(size_t limit, std::string& body) {
  const Moment begin = steady_clock::now();
  ChunkedDecoder decoder(limit);
  while (true) {
    std::string_view bytes = buffer_;
    const auto done = decoder.Feed(bytes, body);
    if (!done) co_return Fault(done.error());
    buffer_.erase(0, buffer_.size() - bytes.size());
    if (*done) co_return std::expected<void, WireFault>();
    const size_t count = co_await Fill(kBodyRead, BodyMoment(begin, body.size()));
    if (count == 0) co_return Fault(kGone);
  }
}

/// A slow line is no fault, but bytes must come.
Moment Connection::BodyMoment(Moment begin, uint64_t bytes) const {
  return begin + core_.options.body_timeout + std::chrono::milliseconds(bytes * 1000 / kSlowestRate);
}

Awaitable<size_t> Connection::Fill(size_t count, Moment until) {
  const size_t had = buffer_.size();
  buffer_.resize(had + count);
  const size_t got = co_await transport_->Read(asio::buffer(buffer_.data() + had, count), until);
  buffer_.resize(had + got);
  co_return got;
}

/// Runs on a worker thread. Whatever a handler throws ends here.
Connection::Answer Connection::Handle(const Request& request, bool upgrade) const {
  Answer answer;
  try {
    if (upgrade) {
      auto handler = core_.callbacks.upgrade(request);
      if (handler) answer.websocket = std::move(*handler);
      if (!handler) answer.response = ProblemResponse(handler.error(), "");
    } else {
      answer.response = core_.callbacks.handle(request);
      Compress(request, answer.response);
    }
  } catch (const std::exception& exception) {
    spdlog::error("A request failed: {}", exception.what());
    answer.response = ProblemResponse(Error(codes::kApiInternal, ""), "");
  }
  return answer;
}

/// Behind a proxy each request at work takes a place of its client's, and a WebSocket keeps it.
std::optional<AddressPlaces::Place> Connection::PlaceFor(const Request& request) {
  if (!peer_.is_proxy) return AddressPlaces::Place();
  const auto client = ParseAddress(request.address);
  return client ? core_.addresses.Take(*client) : AddressPlaces::Place();
}

Awaitable<bool> Connection::Answered(const Head& head, Request& request) {
  auto place = PlaceFor(request);
  if (place) co_return co_await AnsweredInPlace(head, request, *place);
  co_await SendFault(kTooMany);
  co_return false;
}

Awaitable<bool> Connection::AnsweredInPlace(const Head& head, Request& request, AddressPlaces::Place& place) {
  const bool upgrade = head.wants_websocket && request.method == Method::kGet && request.path == kWebSocketPath &&
                       core_.callbacks.upgrade != nullptr;
  if (core_.workers.Full()) {
    co_await SendFault(kBusy);
    co_return false;
  }
  Answer answer;
  Job work = [&, until = steady_clock::now() + core_.options.longest_wait] {
    answer = steady_clock::now() < until ? Handle(request, upgrade) : Answer{FaultResponse(kBusy), nullptr};
  };
  co_await OnWorker(work);
  if (answer.websocket) {
    upgraded_ = true;
    transport_->Upgrade(core_, loop_, request,
                        {std::move(answer.websocket), std::move(peer_.is_proxy ? place : peer_.place)});
    co_return false;
  }
  const bool more = co_await Send(answer.response, head, request.method == Method::kHead);
  Release();
  co_return more;
}

/// Suspends until a worker thread has done `work`; goes on where it was, on the loop's thread.
Awaitable<void> Connection::OnWorker(Job& work) {
  ++core_.requests_at_work;
  co_await asio::async_initiate<const Token, void()>(
      [this, &work](auto handler) {
        core_.workers.Post([this, &work, handler = std::move(handler)]() mutable {
          work();
          asio::post(loop_.context, std::move(handler));
        });
      },
      Token());
  --core_.requests_at_work;
}

Awaitable<bool> Connection::Send(Response& response, const Head& head, bool head_only) {
  const auto size = response.stream ? response.stream->Size() : std::optional<uint64_t>(response.body.size());
  const bool with_body = HasBody(response.status);
  Framing framing;
  framing.chunked = with_body && !size && !head.http_1_0;
  framing.keep_alive = head.keep_alive && !core_.draining && (size || framing.chunked || !with_body);
  if (with_body) framing.length = size;
  const std::string text = ResponseHead(response, framing);
  const bool streamed = response.stream != nullptr;
  const std::string_view body = with_body && !head_only && !streamed ? std::string_view(response.body) : "";
  const Pieces pieces = {Buffer(text), Buffer(body)};
  bool sent = co_await transport_->Write(pieces, BodyMoment(steady_clock::now(), body.size()));
  if (sent && streamed && with_body && !head_only) sent = co_await SendStream(*response.stream, size, framing.chunked);
  if (!sent) transport_->Kill();
  co_return sent&& framing.keep_alive;
}

/// False when the source fails or is not as long as it said: then the connection is cut, for the client must not take
/// what it got for the whole.
Awaitable<bool> Connection::SendStream(BodySource& source, std::optional<uint64_t> size, bool chunked) {
  uint64_t total = 0;
  while (true) {
    Result<std::string> piece;
    Job work = [&] { piece = source.Next(); };
    co_await OnWorker(work);
    if (!piece) spdlog::warn("A download broke off: {}", piece.error().ToString());
    if (!piece || (piece->empty() && size && total != *size)) co_return false;
    total += piece->size();
    if (size && total > *size) co_return false;
    const std::string head = chunked ? fmt::format("{:x}\r\n", piece->size()) : "";
    const Pieces pieces = {Buffer(head), Buffer(*piece), Buffer(chunked ? "\r\n" : "")};
    const bool sent = co_await transport_->Write(pieces, BodyMoment(steady_clock::now(), piece->size()));
    if (!sent || piece->empty()) co_return sent;
  }
}

Awaitable<void> Connection::SendFault(WireFault fault) {
  ++core_.refused;
  spdlog::info("refused status={} address={} reason=\"{}\"", fault.status, peer_.address, fault.text);
  Response response = FaultResponse(fault);
  Head head;
  head.keep_alive = false;
  co_await Send(response, head, false);
}

/// An idle connection holds no memory but its own.
void Connection::Release() {
  if (buffer_.empty() || buffer_.capacity() > kKeptBuffer) buffer_.shrink_to_fit();
}

}  // namespace migrateiq::http::detail
