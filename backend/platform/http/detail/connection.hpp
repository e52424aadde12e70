#pragma once

#include <memory>
#include <optional>
#include <string>

#include "platform/http/detail/head.hpp"
#include "platform/http/detail/transport.hpp"

namespace migrateiq::http::detail {

/// The other end of a connection.
struct Peer {
  std::string address;
  AddressPlaces::Place place;  ///< the client's; a proxy has none
  bool is_proxy = false;       ///< a trusted one, whose requests have different clients
};

/// One client's connection: reads a request, has it handled on a worker thread, answers, and so on. One request at a
/// time; what a client pipelines waits in the buffer.
class Connection : public Open {
 public:
  Connection(Core& core, Loop& loop, std::unique_ptr<Transport> transport, Peer peer);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Awaitable<void> Run();
  void Drain() override;
  void Kill() override { transport_->Kill(); }

 private:
  using Job = std::move_only_function<void()>;
  struct Answer {
    Response response;
    std::shared_ptr<WebSocketHandler> websocket;  ///< instead of a response
  };

  Awaitable<bool> ServeOne();
  Awaitable<bool> Answered(const Head& head, Request& request);
  Awaitable<bool> AnsweredInPlace(const Head& head, Request& request, AddressPlaces::Place& place);
  std::optional<AddressPlaces::Place> PlaceFor(const Request& request);
  Awaitable<std::expected<Head, WireFault>> ReadHead();
  Awaitable<std::expected<void, WireFault>> ReadBody(const Head& head, Request& request);
  Awaitable<std::expected<void, WireFault>> ReadSized(size_t size, std::string& body);
  Awaitable<std::expected<void, WireFault>> ReadChunked(size_t limit, std::string& body);
  Awaitable<bool> Continue(const Head& head);
  Awaitable<size_t> Fill(size_t count, Moment until);
  Awaitable<void> OnWorker(Job& work);
  Awaitable<bool> Send(Response& response, const Head& head, bool head_only);
  Awaitable<bool> SendStream(BodySource& source, std::optional<uint64_t> size, bool chunked);
  Awaitable<void> SendFault(WireFault fault);
  std::expected<Request, WireFault> MakeRequest(Head& head) const;
  Answer Handle(const Request& request, bool upgrade) const;
  Moment BodyMoment(Moment begin, uint64_t bytes) const;
  void Release();

  Core& core_;
  Loop& loop_;
  std::unique_ptr<Transport> transport_;
  Peer peer_;
  std::string buffer_;
  bool fresh_ = true, idle_ = true, upgraded_ = false;
};

}  // namespace migrateiq::http::detail
