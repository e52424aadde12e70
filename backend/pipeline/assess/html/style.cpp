#include "pipeline/assess/html/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/encoding.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::html {

namespace {

constexpr std::string_view kLight = R"(
color-scheme:light;--page:#f8fafc;--card:#fff;--text:#0f172a;--soft:#475569;--line:#e2e8f0;--strong:#cbd5e1;
--accent:#4f46e5;--tint:#eef2ff;--green:#166534;--amber:#92400e;--red:#b91c1c;--blue:#1d4ed8;--violet:#6d28d9;
--green-bg:#dcfce7;--amber-bg:#fef3c7;--red-bg:#fee2e2;--blue-bg:#dbeafe;--violet-bg:#ede9fe;--grey-bg:#f1f5f9;
--c1:#0072b2;--c2:#e69f00;--c3:#009e73;--c4:#cc79a7;--c5:#d55e00;--track:#e8edf4;)";

constexpr std::string_view kDark = R"(
color-scheme:dark;--page:#0b1120;--card:#111a2c;--text:#e6eaf2;--soft:#a3b1c6;--line:#243044;--strong:#3b4a63;
--accent:#a5b4fc;--tint:#1e2440;--green:#86efac;--amber:#fcd34d;--red:#fca5a5;--blue:#93c5fd;--violet:#c4b5fd;
--green-bg:#0f3a24;--amber-bg:#453009;--red-bg:#4a1717;--blue-bg:#14305c;--violet-bg:#33235f;--grey-bg:#1b263a;
--c1:#56b4e9;--c2:#e69f00;--c3:#2bbf94;--c4:#e0a3c5;--c5:#f08a4b;--track:#223048;)";

constexpr std::string_view kScreen = R"(
*{box-sizing:border-box}
html{font:14px/1.55 Inter,"Inter Variable",system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:16px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--text)}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99px;top:0}
.skip:focus{left:8px;top:8px;background:var(--card);padding:4px 8px;z-index:2}
.layout{display:grid;grid-template-columns:216px minmax(0,1fr);max-width:1320px;margin:0 auto}
.side{position:sticky;top:0;align-self:start;height:100vh;overflow:auto;padding:24px 12px 24px 20px;
border-inline-end:1px solid var(--line)}
.side ol{list-style:none;margin:16px 0;padding:0}
.side li a{display:block;padding:4px 8px;border-radius:6px;color:var(--soft)}
.side li a:hover{background:var(--tint);color:var(--text);text-decoration:none}
.brand{font-weight:650;letter-spacing:-.01em}
.theme{border:1px solid var(--line);border-radius:6px;padding:2px 8px 4px;margin:0;display:flex;flex-wrap:wrap;gap:2px 8px;
min-width:0;color:var(--soft)}
.theme input{margin:0}
.theme legend{font-size:12px;padding:0 4px}
.theme label{cursor:pointer;font-size:12px;display:flex;gap:4px;align-items:center}
main{padding:24px 32px 64px;min-width:0}
section{margin:0 0 44px}
h1{font-size:30px;line-height:1.2;margin:4px 0 8px;letter-spacing:-.02em;overflow-wrap:anywhere}
h2{font-size:20px;line-height:1.3;margin:0 0 12px;letter-spacing:-.01em;padding-top:12px;border-top:1px solid var(--line)}
h3{font-size:15px;margin:24px 0 8px}
h4{font-size:14px;margin:0 0 4px;overflow-wrap:anywhere}
p{margin:0 0 10px;max-width:78ch}
.soft{color:var(--soft)}
.small{font-size:12.5px}
code,.name,pre{font-family:"JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
code{background:var(--grey-bg);border-radius:4px;padding:0 3px;overflow-wrap:anywhere}
.name{overflow-wrap:anywhere}
pre{background:var(--grey-bg);border:1px solid var(--line);border-radius:6px;padding:10px 12px;overflow:auto;margin:6px 0;
white-space:pre-wrap;overflow-wrap:anywhere;max-width:100%;line-height:1.45}
.eyebrow{color:var(--soft);font-size:12px;text-transform:uppercase;letter-spacing:.08em;margin:0}
.verdict{border:1px solid var(--strong);border-inline-start:5px solid var(--tone);border-radius:6px;background:var(--card);
padding:14px 18px;margin:18px 0}
.verdict h2{border:0;padding:0;margin:0 0 4px;color:var(--tone);font-size:19px}
.verdict p{margin:0}
.verdict ul{margin:10px 0 0;padding:0;list-style:none}
.verdict li{padding:6px 0;border-top:1px solid var(--line)}
.verdict .soft{display:block}
.ready{--tone:var(--green)}.ready_with_conditions{--tone:var(--amber)}.not_ready{--tone:var(--red)}
.facts{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:1px;background:var(--line);
border:1px solid var(--line);border-radius:6px;overflow:hidden;margin:0 0 8px}
.facts div{background:var(--card);padding:10px 14px;min-width:0}
.facts dt{color:var(--soft);font-size:12px}
.facts dd{margin:0;font-size:19px;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.01em;overflow-wrap:anywhere}
.facts dd small{display:block;font-weight:400;font-size:12px;color:var(--soft);letter-spacing:0}
.meta{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 16px;margin:12px 0 0;color:var(--soft)}
.meta dt{color:var(--soft)}.meta dd{margin:0;color:var(--text);overflow-wrap:anywhere}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;background:var(--card);margin:8px 0 14px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:start;padding:8px 12px;color:var(--soft);font-size:12.5px}
th,td{text-align:start;vertical-align:top;padding:7px 12px;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-weight:600;font-size:12px;white-space:nowrap;border-bottom:1px solid var(--strong)}
caption+thead th{border-top:1px solid var(--line)}
tbody th{font-weight:400;min-width:110px}
td.n,th.n{text-align:end;white-space:nowrap}
td.w{min-width:150px}
td:has(>.name){min-width:104px}
.barcell{width:34%;min-width:90px;vertical-align:middle}
svg{display:block}
svg.bar{width:100%;height:10px;border-radius:3px;background:var(--track)}
svg text{fill:var(--text);font-family:inherit}
.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}.f5{fill:var(--c5)}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:12.5px;color:var(--soft);margin:4px 0 8px;padding:0;list-style:none}
.legend svg{display:inline-block;width:11px;height:11px;margin-inline-end:5px;vertical-align:-1px}
.badge{display:inline-flex;gap:5px;align-items:center;border-radius:5px;padding:0 7px;font-size:12px;font-weight:600;
line-height:20px;white-space:nowrap;background:var(--bg);color:var(--fg)}
.critical,.bad{--bg:var(--red-bg);--fg:var(--red)}.high{--bg:var(--red-bg);--fg:var(--red)}
.medium,.fair{--bg:var(--amber-bg);--fg:var(--amber)}.low{--bg:var(--blue-bg);--fg:var(--blue)}
.note,.none{--bg:var(--grey-bg);--fg:var(--soft)}.good{--bg:var(--green-bg);--fg:var(--green)}.violet{--bg:var(--violet-bg);--fg:var(--violet)}
td.heat{background:var(--bg);color:var(--fg);text-align:end;white-space:nowrap}
.card{border:1px solid var(--line);border-radius:6px;background:var(--card);padding:12px 16px;margin:0 0 12px}
.risk h3{margin:0 0 6px;font-size:15px;display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center}
.risk h3 .soft{font-weight:400;font-size:12.5px}
.risk dl{display:grid;grid-template-columns:118px minmax(0,1fr);gap:4px 14px;margin:8px 0 0}
.risk dt{color:var(--soft)}.risk dd{margin:0;max-width:84ch}
.risk table{font-size:12.5px}.risk .scroll{margin:10px 0 0}
.sample{display:inline-block;border:1px solid var(--line);border-radius:4px;padding:0 4px;margin:0 4px 2px 0;max-width:100%;
font-family:"JetBrains Mono",ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:12px;overflow-wrap:anywhere;white-space:pre-wrap}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(252px,1fr));gap:12px;margin:10px 0 0}
.cards .card{margin:0;padding:10px 12px;font-size:12.5px;min-width:0}
.cards p{margin:0 0 4px}
.cards dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 10px;margin:6px 0 0}
.cards dt{color:var(--soft)}.cards dd{margin:0;text-align:end;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.hist{width:100%;height:44px;margin:6px 0 2px}
.tops{width:100%;font-size:12px;margin:6px 0 2px}
.tops td{border:0;padding:1px 4px 1px 0}.tops .barcell{width:36%;min-width:50px}
.fill{display:flex;gap:6px;align-items:center;margin:4px 0 0}
.fill svg.bar{height:6px}.fill span{white-space:nowrap}
details{border:1px solid var(--line);border-radius:6px;background:var(--card);margin:0 0 8px;padding:0 14px}
summary{cursor:pointer;padding:8px 0;overflow-wrap:anywhere}
details[open]{padding-bottom:12px}
.graph{overflow-x:auto;border:1px solid var(--line);border-radius:6px;background:var(--card);padding:12px;margin:8px 0}
.graph svg{width:100%;min-width:640px;height:auto}
.node rect{fill:var(--tint);stroke:var(--strong)}
.node .rows{fill:var(--soft);font-size:10.5px}
.edge{fill:none;stroke:var(--soft);stroke-width:1.2}
.edge.found{stroke-dasharray:4 3}
.edge.broken{stroke:var(--red);stroke-width:1.8}
.arrow{fill:var(--soft)}.arrow.broken{fill:var(--red)}
.whisker{width:100%;max-width:520px;height:34px}
.whisker line{stroke:var(--soft);stroke-width:2}.whisker circle{fill:var(--accent)}
.filter{display:none;margin:8px 0}
.js .filter{display:block}
.filter input{font:inherit;padding:5px 9px;border:1px solid var(--strong);border-radius:6px;background:var(--card);color:var(--text);width:min(320px,100%)}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:0 28px}
.toc,.printonly{display:none}
ul.plain{margin:0 0 10px;padding-inline-start:20px;max-width:84ch}
ol.steps{padding-inline-start:22px;max-width:84ch}ol.steps li{margin:0 0 6px}
[hidden]{display:none!important}
@media screen and (max-width:900px){.layout{display:block}.side{position:static;height:auto;border:0;padding:16px 16px 0}
.side ol{display:flex;overflow-x:auto;gap:2px;margin:10px 0 0}.side li a{white-space:nowrap}
main{padding:12px 16px 48px}h1{font-size:24px}.risk dl{grid-template-columns:minmax(0,1fr)}.risk dd{margin:0 0 6px}
.facts{grid-template-columns:repeat(2,minmax(0,1fr))}th,td{padding:6px 8px}.meta{grid-template-columns:minmax(0,1fr)}.meta dd{margin:0 0 4px}}
)";

constexpr std::string_view kPrint = R"(
@media print{html{font-size:9.5pt;line-height:1.4}body{background:#fff}.layout{display:block;max-width:none}
.side,.filter,.skip,.screenonly{display:none!important}.printonly,.toc{display:block}main{padding:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
section{margin:0 0 16pt}section.cover{break-after:page}
h2{break-after:avoid;font-size:14pt}h3,h4,summary,caption{break-after:avoid}p{orphans:3;widows:3;max-width:none}
.card,.verdict li,.facts,tr,svg,.graph,.fill,.legend{break-inside:avoid}
section:is([aria-labelledby=risks],[aria-labelledby=conversion],[aria-labelledby=quality],[aria-labelledby=columns],[aria-labelledby=appendix]){break-before:page}
#all-tables{font-size:7.5pt}#all-tables th,#all-tables td{padding:3pt}#all-tables td:nth-child(5){min-width:62pt}
.risk{break-inside:auto}.risk h3,.risk dl{break-inside:avoid;break-after:avoid}.risk dl{grid-template-columns:62pt minmax(0,1fr)}
thead{display:table-header-group}.scroll,.graph{overflow:visible;border-color:var(--line)}.graph svg{min-width:0}
th,td{padding:3pt 4pt}thead th{white-space:normal;font-size:7.5pt}table{font-size:8.5pt}thead{break-after:avoid}
tbody tr:first-child{break-before:avoid}tbody tr:last-child{break-before:avoid}.facts dd{font-size:13pt}.facts div{padding:6pt 8pt}
.two{grid-template-columns:1fr 1fr;gap:0 12pt}.barcell{min-width:50pt}
.cards{grid-template-columns:repeat(3,minmax(0,1fr));gap:6pt}.cards .card{padding:5pt 7pt;font-size:8pt}
.sample{font-size:7.5pt}code,.name,pre{font-size:8pt}td.w{min-width:0}td:has(>.name){min-width:48pt}tbody th{min-width:58pt}.graph svg{max-height:210mm}
details::details-content{content-visibility:visible;block-size:auto}details{border-color:var(--line)}
.toc ol{columns:2;padding-inline-start:16pt;margin:6pt 0}a{color:inherit}.verdict{margin:10pt 0}}
)";

constexpr std::string_view kScript = R"((function(){var d=document;d.documentElement.classList.add('js');
d.querySelectorAll('.filter input').forEach(function(i){i.addEventListener('input',function(){var w=i.value.toLowerCase();
d.getElementById(i.getAttribute('aria-controls')).querySelectorAll('[data-row]').forEach(function(r){
r.hidden=w!==''&&r.textContent.toLowerCase().indexOf(w)<0})})});
var shut=[];addEventListener('beforeprint',function(){d.querySelectorAll('details:not([open])').forEach(function(x){
shut.push(x);x.open=true});d.querySelectorAll('[data-row][hidden]').forEach(function(r){r.hidden=false})});
addEventListener('afterprint',function(){shut.forEach(function(x){x.open=false});shut=[]})})();)";

/// Any text as a CSS string: what is not a plain letter or digit is written by its code point.
std::string CssString(std::string_view bytes) {
  const bool utf8 = text::FindInvalidUtf8(bytes) == std::string_view::npos;
  std::string text = "\"";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && !utf8) continue;
    const bool plain = byte >= 0x80 || byte == ' ' || std::isalnum(byte) != 0;
    text += plain ? std::string(1, c) : fmt::format("\\{:06x}", byte);
  }
  return text + "\"";
}

std::string PageRules(std::string_view running) {
  const std::string look = "font:8pt system-ui,sans-serif;color:#475569;";
  return "@page{size:A4;margin:17mm 14mm 18mm;@top-left{content:" + CssString(running) + ";" + look +
         "}@bottom-right{content:\"Page \" counter(page) \" of \" counter(pages);" + look +
         "}@bottom-left{content:\"MigrateIQ migration assessment\";" + look + "}}@page:first{@top-left{content:none}}";
}

}  // namespace

std::string StyleSheet(std::string_view running) {
  std::string style = ":root{" + std::string(kLight) + "}";
  style += "@media screen and (prefers-color-scheme:dark){:root:not(:has(#theme-light:checked)){" + std::string(kDark) +
           "}}";
  style += "@media screen{:root:has(#theme-dark:checked){" + std::string(kDark) + "}}";
  style += kScreen;
  style += PageRules(running);
  style += kPrint;
  std::erase(style, '\n');
  return style;
}

std::string_view Script() { return kScript; }

std::string PolicyHash(std::string_view text) {
  std::string base64 = ToBase64Url(Sha256(text));
  std::ranges::replace(base64, '-', '+');
  std::ranges::replace(base64, '_', '/');
  return "'sha256-" + base64 + "='";  // 32 bytes: always one sign of padding
}

}  // namespace migrateiq::html
