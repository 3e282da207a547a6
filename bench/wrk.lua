-- Requests and the report of wrk, as load-wrk.ts asks for them through the environment.
local ID, NUMBER = os.getenv('BENCH_ID'), os.getenv('BENCH_NUMBER')
local body, idsFile = os.getenv('BENCH_BODY'), os.getenv('BENCH_IDS')
local first, stride = tonumber(os.getenv('BENCH_FIRST')), tonumber(os.getenv('BENCH_STRIDE'))
local sub, format, random = string.sub, string.format, math.random

if body then
  wrk.method = 'POST'
  wrk.body = body
end

if idsFile then
  local ids, count, made
  local beforeNumber, beforeId, afterId

  function init()
    local file = assert(io.open(idsFile, 'rb'))
    ids = file:read('*a')
    file:close()
    count, made = #ids / #ID, first
    math.randomseed(os.time())
    -- One request is written out; what changes in it is as long as what stands for it.
    local whole = wrk.format()
    local number = whole:find(NUMBER, 1, true)
    local id = whole:find(ID, 1, true)
    beforeNumber = number and whole:sub(1, number - 1) or ''
    beforeId = whole:sub(number and number + #NUMBER or 1, id - 1)
    afterId = whole:sub(id + #ID)
  end

  function request()
    if not first then
      local at = random(0, count - 1) * 36
      return beforeId .. sub(ids, at + 1, at + 36) .. afterId
    end
    local at = made * stride % count * 36
    made = made + 1
    return beforeNumber .. format('%09d', made) .. beforeId .. sub(ids, at + 1, at + 36) .. afterId
  end
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(format(
    'OUTCOME {"requests":%d,"perSecond":%.1f,"p50Milliseconds":%.3f,"p99Milliseconds":%.3f,"failures":%d}',
    summary.requests, summary.requests / seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000, failures
  ))
end
