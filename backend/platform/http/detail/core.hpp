#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>
#include <unordered_set>

#include "platform/http/detail/address_places.hpp"
#include "platform/http/detail/forwarded.hpp"
#include "platform/http/detail/worker_pool.hpp"
#include "platform/http/server.hpp"

/// What the parts of the server share. This header and the others that name Asio are for the .cpp files of this folder.
namespace migrateiq::http::detail {

namespace asio = boost::asio;

/// Each I/O thread has its own context, and a connection stays with one: no strands, no locks.
using Executor = asio::io_context::executor_type;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
using Token = asio::use_awaitable_t<Executor>;
using Moment = std::chrono::steady_clock::time_point;

/// Something open on a loop: a connection or a WebSocket. Used on the loop's thread only.
class Open {
 public:
  virtual ~Open() = default;
  virtual void Drain() = 0;  ///< end soon, in good order
  virtual void Kill() = 0;   ///< end now
};

/// One I/O thread.
struct Loop {
  std::unordered_set<Open*> open;  ///< before the context, whose end ends what is open
  asio::io_context context{1};
  asio::executor_work_guard<Executor> guard = asio::make_work_guard(context);
  std::thread thread;
};

struct Core {
  ServerOptions options;
  Server::Callbacks callbacks;
  TrustedProxies proxies;
  AddressPlaces addresses{options.connections_per_address};
  std::atomic<bool> draining = false;
  std::atomic<int64_t> connections = 0, websockets = 0, requests_at_work = 0, refused = 0;
  WorkerPool workers{options.worker_threads, options.max_waiting};
};

}  // namespace migrateiq::http::detail
