#pragma once

#include <type_traits>
#include <utility>

#include "platform/http/router.hpp"

namespace migrateiq::http::detail {

/// The body as JSON; an empty body is an empty object. Errors: kApiMediaType, kApiJson.
Result<boost::json::value> ParseBody(const Context& context);
/// What is sent on success unless the handler sets something else.
int SuccessStatus(const Route& route, bool has_answer);
void WriteAnswer(Context& context, std::string answer);

/// A handler's own kApiField that names a place becomes one of the faults.
Error WithFault(Context& context, Error error);

template <class T>
inline constexpr bool kIsNothing = std::is_same_v<T, Nothing>;

template <class T>
boost::json::value SchemaUnlessNothing(boost::json::object& components, SchemaUse use) {
  if constexpr (kIsNothing<T>)
    return nullptr;
  else
    return SchemaOf<T>(components, use);
}

template <class Body>
Result<Body> DecodeBody(Context& context) {
  MIQ_ASSIGN(const boost::json::value json, ParseBody(context));
  return Decode<Body>(json, &context.faults);
}

/// Decodes, calls, encodes.
template <class Body, class Query, class Answer>
Status Serve(Context& context, const std::function<Result<Answer>(Context&, const Body&, const Query&)>& handler) {
  MIQ_ASSIGN(const Query query, DecodeQuery<Query>(context.request.query, &context.faults));
  MIQ_ASSIGN(const Body body, DecodeBody<Body>(context));
  const Result<Answer> answer = handler(context, body, query);
  if (!answer) return Fail(WithFault(context, answer.error()));
  if constexpr (!kIsNothing<Answer>) WriteAnswer(context, Encode(*answer));
  return {};
}

}  // namespace migrateiq::http::detail

namespace migrateiq::http {

template <class Body, class Query, class Answer>
void Router::Add(Route route, std::function<Result<Answer>(Context&, const Body&, const Query&)> handler) {
  // The members of Query become parameters of their own: its struct is no component.
  boost::json::object apart;
  route.body_schema = detail::SchemaUnlessNothing<Body>(components_, SchemaUse::kRequest);
  route.answer_schema = detail::SchemaUnlessNothing<Answer>(components_, SchemaUse::kAnswer);
  if (!detail::kIsNothing<Query>) SchemaOf<Query>(apart, SchemaUse::kRequest);
  route.query_schema = AdoptQuery(std::move(apart), migrateiq::detail::TypeName<Query>());
  const int status = detail::SuccessStatus(route, !detail::kIsNothing<Answer>);
  route.success = status;
  route.handler = [status, handler = std::move(handler)](Context& context) {
    context.response.status = status;
    return detail::Serve(context, handler);
  };
  Insert(std::move(route));
}

}  // namespace migrateiq::http
