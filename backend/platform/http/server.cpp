#include "platform/http/server.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/errors/server.hpp"
#include "platform/http/detail/certificate.hpp"
#include "platform/http/detail/connection.hpp"

namespace migrateiq::http {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file puts the parts together
using asio::ip::tcp;
using std::chrono::steady_clock;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, Executor>;
using ErrorCode = boost::system::error_code;

constexpr std::chrono::milliseconds kPoll{5}, kAcceptPause{50}, kLastWords{5000};
constexpr std::chrono::seconds kCertificateCheck{1};

Awaitable<void> RunConnection(Core& core, Loop& loop, std::unique_ptr<Transport> transport, Peer peer) {
  try {
    Connection connection(core, loop, std::move(transport), std::move(peer));
    co_await connection.Run();
  } catch (const std::exception& exception) { spdlog::error("A connection failed: {}", exception.what()); }
}

class AsioServer : public Server {
 public:
  AsioServer(const ServerOptions& options, Callbacks callbacks, TrustedProxies proxies)
      : core_{options, std::move(callbacks), std::move(proxies)} {
    for (int i = 0; i < std::max(1, options.io_threads); ++i) loops_.push_back(std::make_unique<Loop>());
  }
  ~AsioServer() override;
  AsioServer(const AsioServer&) = delete;
  AsioServer& operator=(const AsioServer&) = delete;

  Status Open();
  uint16_t port() const override { return port_; }
  bool secure() const override { return certificate_ != nullptr; }
  void Drain(std::chrono::seconds deadline) override;
  Numbers numbers() const override {
    return {core_.connections, core_.websockets, core_.requests_at_work, core_.refused,
            static_cast<int64_t>(core_.workers.waiting())};
  }

 private:
  Status LoadCertificate();
  Status Listen();
  Awaitable<void> Accept();
  Awaitable<void> WatchCertificate();
  void Begin(Socket socket, Loop& loop);
  std::optional<Peer> Admit(const Socket& socket);
  void ForAllOpen(void (detail::Open::*what)());
  bool WaitUntilQuiet(Moment until) const;

  Core core_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::unique_ptr<Certificate> certificate_;
  std::unique_ptr<Acceptor> acceptor_;
  uint16_t port_ = 0;
};

Status AsioServer::LoadCertificate() {
  const ServerOptions& options = core_.options;
  if (options.certificate_file.empty() && options.key_file.empty()) return {};
  if (options.certificate_file.empty() || options.key_file.empty()) {
    return Fail(codes::kServerTls, "a certificate needs its key, and a key its certificate");
  }
  MIQ_ASSIGN(auto certificate, Certificate::Load(options.certificate_file, options.key_file));
  certificate_ = std::make_unique<Certificate>(std::move(certificate));
  return {};
}

Status AsioServer::Listen() {
  const ServerOptions& options = core_.options;
  ErrorCode error;
  const auto address = asio::ip::make_address(options.listen, error);
  if (error) return Fail(codes::kServerListen, "`" + options.listen + "` is not an address");
  const tcp::endpoint endpoint(address, options.port);
  acceptor_ = std::make_unique<Acceptor>(loops_.front()->context.get_executor());
  acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return Fail(codes::kServerListen,
                options.listen + " port " + std::to_string(options.port) + ": " + error.message());
  }
  port_ = acceptor_->local_endpoint().port();
  return {};
}

Status AsioServer::Open() {
  MIQ_TRY(LoadCertificate());
  MIQ_TRY(Listen());
  asio::co_spawn(loops_.front()->context, Accept(), asio::detached);
  if (certificate_) asio::co_spawn(loops_.front()->context, WatchCertificate(), asio::detached);
  for (const auto& loop : loops_) loop->thread = std::thread([&context = loop->context] { context.run(); });
  return {};
}

/// Connections go to the loops in turn. Out of descriptors: waits for some to come back.
Awaitable<void> AsioServer::Accept() {
  Timer pause(loops_.front()->context.get_executor());
  for (size_t turn = 0; acceptor_->is_open(); ++turn) {
    Loop& loop = *loops_[turn % loops_.size()];
    auto [error, socket] = co_await acceptor_->async_accept(loop.context.get_executor(), asio::as_tuple(Token()));
    if (!error) {
      Begin(std::move(socket), loop);
    } else if (acceptor_->is_open()) {
      pause.expires_after(kAcceptPause);
      co_await pause.async_wait(asio::as_tuple(Token()));
    }
  }
}

/// Nothing for a client that has gone, and for one connection too many. The clients of a trusted proxy are told apart
/// later, by their requests.
std::optional<Peer> AsioServer::Admit(const Socket& socket) {
  ErrorCode error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return std::nullopt;
  Peer peer{.address = endpoint.address().to_string(), .place = {}, .is_proxy = false};
  const auto address = ParseAddress(peer.address);
  peer.is_proxy = address && core_.proxies.Trust(*address);
  auto place = address && !peer.is_proxy ? core_.addresses.Take(*address) : AddressPlaces::Place();
  if (!place || core_.connections + core_.websockets >= static_cast<int64_t>(core_.options.max_connections)) {
    ++core_.refused;
    return std::nullopt;
  }
  peer.place = std::move(*place);
  return peer;
}

void AsioServer::Begin(Socket socket, Loop& loop) {
  auto peer = Admit(socket);
  if (!peer) return;
  ErrorCode error;
  socket.set_option(tcp::no_delay(true), error);
  auto transport = certificate_ ? MakeTlsTransport(std::move(socket), certificate_->context())
                                : MakePlainTransport(std::move(socket));
  asio::post(loop.context, [this, &loop, transport = std::move(transport), peer = std::move(*peer)]() mutable {
    asio::co_spawn(loop.context, RunConnection(core_, loop, std::move(transport), std::move(peer)), asio::detached);
  });
}

Awaitable<void> AsioServer::WatchCertificate() {
  Timer timer(loops_.front()->context.get_executor());
  while (!core_.draining) {
    timer.expires_after(kCertificateCheck);
    co_await timer.async_wait(asio::as_tuple(Token()));
    certificate_->Refresh();
  }
}

void AsioServer::ForAllOpen(void (detail::Open::*what)()) {
  for (const auto& loop : loops_) {
    asio::post(loop->context, [&open = loop->open, what] {
      const std::vector<detail::Open*> now(open.begin(), open.end());
      for (detail::Open* one : now) {
        if (open.contains(one)) (one->*what)();
      }
    });
  }
}

bool AsioServer::WaitUntilQuiet(Moment until) const {
  while (core_.connections + core_.websockets > 0) {
    if (steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(kPoll);
  }
  return true;
}

void AsioServer::Drain(std::chrono::seconds deadline) {
  core_.draining = true;
  asio::post(loops_.front()->context, [this] {
    ErrorCode ignored;
    acceptor_->close(ignored);
  });
  ForAllOpen(&detail::Open::Drain);
  if (WaitUntilQuiet(steady_clock::now() + deadline)) return;
  ForAllOpen(&detail::Open::Kill);
}

/// Handlers that are at work are waited for: what they began, they finish.
AsioServer::~AsioServer() {
  if (loops_.front()->thread.joinable()) {
    Drain(std::chrono::seconds(0));
    WaitUntilQuiet(steady_clock::now() + kLastWords);
    while (core_.requests_at_work > 0) std::this_thread::sleep_for(kPoll);
  }
  for (const auto& loop : loops_) {
    loop->context.stop();
    if (loop->thread.joinable()) loop->thread.join();
  }
}

}  // namespace

Result<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, Callbacks callbacks) {
  MIQ_ASSIGN(auto proxies, TrustedProxies::Make(options.trusted_proxies));
  auto server = std::make_unique<AsioServer>(options, std::move(callbacks), std::move(proxies));
  MIQ_TRY(server->Open());
  return server;
}

Status CheckCertificate(const std::string& certificate_file, const std::string& key_file) {
  MIQ_TRY(detail::Certificate::Load(certificate_file, key_file));
  return {};
}

}  // namespace migrateiq::http
