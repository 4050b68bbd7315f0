package io.monitoringstack.doorayadapter.store;

import java.time.Duration;
import java.util.List;

import io.monitoringstack.doorayadapter.told.GroupId;
import io.monitoringstack.doorayadapter.told.LastTold;
import io.monitoringstack.doorayadapter.told.ToldMemory;
import io.monitoringstack.doorayadapter.told.ToldStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Keeps it in Redis, three keys for each group: what it was told, who is about to tell it
 * which state, and who began to.
 */
final class RedisStore implements RemoteStore {

	private static final Logger logger = LoggerFactory.getLogger(RedisStore.class);

	// A claim that ended by itself may be another one's by now.
	private static final RedisScript<Long> RELEASE = RedisScript.of("""
			if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end
			if ARGV[3] == '1' and redis.call('get', KEYS[2]) == ARGV[2] then redis.call('del', KEYS[2]) end
			return 1
			""", Long.class);

	private final StringRedisTemplate redis;

	private final RedisConnectionFactory connections;

	RedisStore(RedisConnectionFactory connections) {
		this.connections = connections;
		this.redis = new StringRedisTemplate(connections);
	}

	@Override
	public @Nullable LastTold last(GroupId group) {
		String line = this.redis.opsForValue().get(key(group, "told"));
		try {
			return (line != null) ? LastTold.decode(line) : null;
		}
		catch (NumberFormatException ex) {
			logger.debug("What another version wrote counts as nothing: group={}", group.hash());
			return null;
		}
	}

	@Override
	public void told(GroupId group, LastTold last) {
		this.redis.opsForValue().set(key(group, "told"), last.encode(), ToldMemory.KEPT);
		this.redis.delete(key(group, "begun"));
	}

	// Not one script: an instance that is gone between the commands has not sent
	// anything.
	@Override
	public ToldStore.Claim claim(ToldStore.Turn turn, Duration length, Duration remembered) {
		String begun = key(turn.group(), "begun");
		if (!Boolean.TRUE.equals(this.redis.opsForValue().setIfAbsent(claimKey(turn), turn.owner(), length))) {
			return ToldStore.Claim.TAKEN;
		}
		String before = this.redis.opsForValue().get(begun);
		this.redis.opsForValue().set(begun, trace(turn), remembered);
		return (before != null && before.startsWith(state(turn) + " ")) ? ToldStore.Claim.LEFT_BEHIND
				: ToldStore.Claim.OURS;
	}

	@Override
	public void release(ToldStore.Turn turn, boolean settled) {
		this.redis.execute(RELEASE, List.of(claimKey(turn), key(turn.group(), "begun")), turn.owner(), trace(turn),
				settled ? "1" : "0");
	}

	@Override
	public void ping() {
		this.redis.execute(RedisConnection::ping);
	}

	@Override
	public void reconnect() {
		if (this.connections instanceof JedisConnectionFactory jedis) {
			jedis.stop();
			jedis.start();
		}
	}

	// The braces keep the keys of a group on one node of a cluster.
	private static String key(GroupId group, String what) {
		return "dooray-adapter:{" + group.hash() + "}:" + what;
	}

	private static String claimKey(ToldStore.Turn turn) {
		return key(turn.group(), "claim:" + state(turn));
	}

	private static String trace(ToldStore.Turn turn) {
		return state(turn) + " " + turn.owner();
	}

	private static String state(ToldStore.Turn turn) {
		return Long.toHexString(turn.state());
	}

}
