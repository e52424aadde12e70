#include "platform/outbound/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

#include "base/errors/connect.hpp"
#include "base/errors/server.hpp"

namespace migrateiq::outbound {

namespace {

struct CurlCleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURL, CurlCleanup>;
using List = std::unique_ptr<curl_slist, CurlCleanup>;

Handle NewHandle() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  return Handle(curl_easy_init());
}

void Append(List& list, const std::string& line) { list.reset(curl_slist_append(list.release(), line.c_str())); }

std::string Part(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
  std::string result = text;
  curl_free(text);
  return result;
}

struct Place {
  std::string host, port;
};
Result<Place> PlaceOf(const std::string& text) {
  const std::unique_ptr<CURLU, CurlCleanup> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return Fail(codes::kConnUnreachable, "the address is not a URL");
  Place place{Part(url.get(), CURLUPART_HOST), Part(url.get(), CURLUPART_PORT)};
  if (place.host.starts_with('[')) place.host = place.host.substr(1, place.host.size() - 2);
  return place;
}

struct Collected {
  HttpAnswer answer;
  size_t limit = 0;
  bool too_large = false;
};

size_t OnBody(char* data, size_t size, size_t count, void* context) {
  auto& collected = *static_cast<Collected*>(context);
  if (collected.answer.body.size() + size * count > collected.limit) {
    collected.too_large = true;
    return 0;
  }
  collected.answer.body.append(data, size * count);
  return size * count;
}

size_t OnHeader(char* data, size_t size, size_t count, void* context) {
  auto& headers = static_cast<Collected*>(context)->answer.headers;
  std::string line(data, size * count);
  line.erase(line.find_last_not_of("\r\n") + 1);
  if (line.starts_with("HTTP/")) headers.clear();  // of an interim answer
  const size_t colon = line.find(':');
  if (colon == std::string::npos) return size * count;
  std::string name = line.substr(0, colon);
  std::ranges::transform(name, name.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  const size_t value = line.find_first_not_of(' ', colon + 1);
  headers.emplace_back(std::move(name), value == std::string::npos ? "" : line.substr(value));
  return size * count;
}

/// The address checked is the address connected to: a second look-up cannot lead elsewhere.
Status Pin(CURL* handle, const HttpRequest& request, List& pins) {
  if (request.reach == nullptr) return {};
  MIQ_ASSIGN(const Place place, PlaceOf(request.url));
  MIQ_ASSIGN(const std::vector<std::string> addresses, request.reach->Resolve(place.host));
  std::string line = place.host + ":" + place.port + ":";
  for (size_t index = 0; index < addresses.size(); ++index) line += (index == 0 ? "" : ",") + addresses[index];
  Append(pins, line);
  curl_easy_setopt(handle, CURLOPT_RESOLVE, pins.get());
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  return {};
}

Error ToError(CURLcode code, const char* detail) {
  const std::string message = *detail != '\0' ? detail : curl_easy_strerror(code);
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED: return Error(codes::kConnTls, message);
    case CURLE_LOGIN_DENIED: return Error(codes::kConnAuth, message);
    default: return Error(codes::kConnUnreachable, message).Retryable();
  }
}

void SetCommon(CURL* handle, std::chrono::milliseconds timeout, char* detail) {
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, std::min(10'000L, static_cast<long>(timeout.count())));
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
}

struct Letter {
  std::string text;
  size_t sent = 0;
};

size_t OnLetter(char* data, size_t size, size_t count, void* context) {
  auto& letter = *static_cast<Letter*>(context);
  const size_t part = std::min(size * count, letter.text.size() - letter.sent);
  std::memcpy(data, letter.text.data() + letter.sent, part);
  letter.sent += part;
  return part;
}

/// A header's value cannot begin another header.
std::string OneLine(std::string text) {
  std::ranges::replace_if(
      text, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; }, ' ');
  return text;
}

std::string LetterText(const Mail& mail) {
  std::string body;
  for (const char letter : mail.text) body += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
  return "From: " + OneLine(mail.from) + "\r\nTo: " + OneLine(mail.to) + "\r\nSubject: " + OneLine(mail.subject) +
         "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
         body + "\r\n";
}

bool IsLoopbackHost(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace

Result<HttpAnswer> Send(const HttpRequest& request) {
  const Handle handle = NewHandle();
  char detail[CURL_ERROR_SIZE] = "";
  SetCommon(handle.get(), request.timeout, detail);
  curl_easy_setopt(handle.get(), CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method == "HEAD") curl_easy_setopt(handle.get(), CURLOPT_NOBODY, 1L);
  if (!request.body.empty() || request.method == "POST") {
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  if (!request.ca_file.empty()) curl_easy_setopt(handle.get(), CURLOPT_CAINFO, request.ca_file.c_str());
  List headers, pins;
  Append(headers, "Expect:");
  for (const auto& [name, value] : request.headers) Append(headers, name + ": " + OneLine(value));
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  MIQ_TRY(Pin(handle.get(), request, pins));
  Collected collected{.limit = request.answer_limit};
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, OnBody);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &collected);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, OnHeader);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERDATA, &collected);
  const CURLcode code = curl_easy_perform(handle.get());
  if (collected.too_large)
    return Fail(codes::kServerAnswer, "the answer is larger than " + std::to_string(request.answer_limit) + " bytes");
  if (code != CURLE_OK) return Fail(ToError(code, detail));
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  collected.answer.status = static_cast<int>(status);
  return std::move(collected.answer);
}

Status SendMail(const std::string& smtp_url, const Mail& mail) {
  const Handle handle = NewHandle();
  char detail[CURL_ERROR_SIZE] = "";
  SetCommon(handle.get(), std::chrono::seconds(60), detail);
  MIQ_ASSIGN(const Place place, PlaceOf(smtp_url));
  curl_easy_setopt(handle.get(), CURLOPT_URL, smtp_url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle.get(), CURLOPT_USE_SSL, IsLoopbackHost(place.host) ? CURLUSESSL_TRY : CURLUSESSL_ALL);
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, OneLine(mail.from).c_str());
  List recipients;
  Append(recipients, OneLine(mail.to));
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  Letter letter{LetterText(mail)};
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, OnLetter);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &letter);
  if (const CURLcode code = curl_easy_perform(handle.get()); code != CURLE_OK) return Fail(ToError(code, detail));
  return {};
}

}  // namespace migrateiq::outbound
