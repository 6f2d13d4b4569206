// A random structured program: everything that the module `tasks` has, nested in each other, with its promises checked.

extension TasksTests {
    /// Takes a seed. A region counts the functions that run inside a construct, at any depth.
    static let randomProgram = """
        local tasks = require "tasks"
        local seed = ...
        math.randomseed(seed)
        local random = math.random
        local semaphore, holders = tasks.semaphore(2), 0
        local leaves, act = {}, nil

        local function expect(truth, name) if not truth then broken = broken or name end end
        local function at_end(fn) return setmetatable({}, { __close = function() fn() end }) end

        -- A function that runs `fn` and is counted in `region` and all around it.
        local function counted(region, fn)
          return function(...)
            local function count(by)
              live = live + by
              local at = region
              while at do at.live = at.live + by at = at.parent end
            end
            count(1)
            local leave <close> = at_end(function()
              if random(4) == 1 then tasks.shield(tasks.sleep, random(3)) end
              count(-1)
            end)
            return fn(...)
          end
        end

        -- Runs `fn(region)`, after which nothing of the region may run, however it ends.
        local function construct(name, region, fn)
          local inner = { parent = region, live = 0 }
          local check <close> = at_end(function() expect(inner.live == 0, name .. " was outlived") end)
          return fn(inner)
        end

        local function hold_permit()
          semaphore:with(function()
            holders = holders + 1
            expect(holders <= 2, "a semaphore let too many in")
            local leave <close> = at_end(function() holders = holders - 1 end)
            tasks.sleep(random(0, 3))
          end)
        end

        local function forever(region)
          if region and random(2) == 1 then tasks.spawn(counted(region, forever)) end
          tasks.sleep(1 << 40)
        end

        local actions = {
          function() tasks.sleep(random(0, 4)) end,
          function() tasks.sleep(random(0, 4)) end,
          function() if random(3) == 1 then error("planned", 0) end end,
          function(depth, region)
            local inner = { parent = region, live = 0 }
            local task = tasks.spawn(counted(inner, act), depth, inner)
            if random(3) == 1 then tasks.sleep(random(3)) task:cancel() end
            local check <close> = at_end(function()
              expect(not task.done or inner.live == 0, "a task was over before what it started")
            end)
            if random(2) == 1 then pcall(task.await, task) else task:await() end
          end,
          function(depth, region) tasks.spawn(counted(region, act), depth, region) end,
          function(_, region)
            leaves[#leaves + 1] = tasks.spawn(counted(region, tasks.sleep), random(5))
            local first = #leaves
            for i = 1, 4 do leaves[first + i] = tasks.spawn(counted(region, hold_permit)) end
            tasks.sleep(random(0, 2))
            if random(2) == 1 then leaves[first + random(4)]:cancel() end
          end,
          -- What sleeps for ever here has to be cancelled, or the program does not end.
          function(_, region)
            construct("failing scope", region, function(inner)
              local ok, problem = pcall(tasks.scope, counted(inner, function(scope)
                scope:spawn(counted(inner, forever), inner)
                scope:spawn(counted(inner, function() tasks.sleep(random(3)) error("planned", 0) end))
                forever(inner)
              end))
              expect(not ok and (problem == "planned" or problem.kind == "cancelled"), "a scope lost its failure")
            end)
          end,
          function(_, region)
            construct("short race", region, function(inner)
              tasks.race(counted(inner, forever), counted(inner, hold_permit), counted(inner, forever))
            end)
          end,
          function(_, region)
            construct("due timeout", region, function(inner)
              local ok, problem = pcall(tasks.timeout, random(3), counted(inner, forever), inner)
              expect(not ok and (problem.kind == "timeout" or problem.kind == "cancelled"), "a timeout was lost")
            end)
          end,
          function()
            local leaf = leaves[random(math.max(#leaves, 1))]
            if leaf then
              if random(2) == 1 then leaf:cancel() end
              pcall(leaf.await, leaf)
            end
          end,
          function(depth, region)
            construct("scope", region, function(inner)
              local result = tasks.scope(counted(inner, function(scope)
                local children = {}
                for i = 1, random(3) do children[i] = scope:spawn(counted(inner, act), depth, inner) end
                if random(4) == 1 then children[1]:cancel() end
                act(depth, inner)
                return "result"
              end))
              expect(result == "result", "a scope lost its result")
            end)
          end,
          function(depth, region)
            construct("map", region, function(inner)
              local items, now, limit = {}, 0, random(3)
              for i = 1, random(0, 6) do items[i] = i * 10 end
              local results = tasks.map(items, counted(inner, function(item)
                now = now + 1
                expect(now <= limit, "map ran too many at once")
                local leave <close> = at_end(function() now = now - 1 end)
                if item > 30 then act(depth, inner) else tasks.sleep(random(0, 3)) end
                return item + 1
              end), { concurrency = limit })
              expect(#results == #items, "map lost results")
              for i, item in ipairs(items) do expect(results[i] == item + 1, "map is out of order") end
            end)
          end,
          function(depth, region)
            construct("race", region, function(inner)
              local racers = {}
              for i = 1, random(3) do
                racers[i] = counted(inner, function() act(depth, inner) return i end)
              end
              local winner = tasks.race(racers)
              expect(winner >= 1 and winner <= #racers, "a race lost its result")
            end)
          end,
          function(depth, region)
            construct("timeout", region, function(inner)
              local given = tasks.timeout(random(6), counted(inner, function(value)
                act(depth, inner)
                return value
              end), "value")
              expect(given == "value", "a timeout lost its result")
            end)
          end,
          function(depth, region)
            construct("shield", region, function(inner) tasks.shield(counted(inner, act), depth, inner) end)
          end,
          function() hold_permit() end,
          function(depth, region) pcall(act, depth, region) end,
          function(depth, region) coroutine.wrap(act)(depth, region) end,
          function() if seed % 3 == 0 and random(10) == 1 then interrupt() end end,
        }

        function act(depth, region)
          if depth == 0 then return tasks.sleep(random(0, 3)) end
          for _ = 1, random(3) do actions[random(#actions)](depth - 1, region) end
        end

        tasks.scope(function()
          act(4, { live = 0 })
        end)
        expect(live == 0, "the outermost scope was outlived")
        for _ = 1, 2 do semaphore:with(function() end) end
        expect(semaphore.free == 2, "a permit was lost")
        """
}
