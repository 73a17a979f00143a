-- tests/bench/check.lua - one question after the other, each about somebody else.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
local n = 0

function request()
  n = n + 1
  return wrk.format(nil, nil, nil, string.format(
    '{"giver":{"id":"AE-017"},"recipients":[{"id":"R-%06d"}],"cost":"85.00","date":"2026-12-10"}', n * 7919 % 100000 + 1))
end
