package io.monitoringstack.pushgatewayproxy.push;

import java.util.Map;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;
import io.monitoringstack.pushgatewayproxy.edge.FreshPreview;
import io.monitoringstack.pushgatewayproxy.edge.PushStore;
import io.monitoringstack.pushgatewayproxy.ghost.GroupGate;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.groups.Activity;
import io.monitoringstack.pushgatewayproxy.groups.Expiry;
import io.monitoringstack.pushgatewayproxy.groups.GroupRemover;
import io.monitoringstack.pushgatewayproxy.groups.GroupSource;
import io.monitoringstack.pushgatewayproxy.identity.Identities;
import io.monitoringstack.pushgatewayproxy.identity.TokenTable;
import io.monitoringstack.pushgatewayproxy.limits.LimitRules;
import io.monitoringstack.pushgatewayproxy.pushers.OverdueMetrics;
import io.monitoringstack.pushgatewayproxy.pushers.PusherLedger;
import io.monitoringstack.pushgatewayproxy.settings.SettingsWatch;
import io.monitoringstack.pushgatewayproxy.settings.WatchedSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Puts the parts of the push route together.
 */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {

	@Bean
	PushToken pushToken(PushProperties properties) {
		return PushToken.from(properties);
	}

	@Bean
	WatchedSettings<LimitRules> limitSettings(PushProperties properties) {
		return WatchedSettings.of("PUSH_LIMITS_FILE", properties.limitsFile(),
				(lines) -> LimitRules.parse(lines, properties.maxBytes(), properties.maxSeries()), false);
	}

	@Bean
	WatchedSettings<TokenTable> tokenSettings(PushProperties properties) {
		return WatchedSettings.of("PUSH_TOKENS_FILE", properties.tokensFile(), TokenTable::parse, true);
	}

	@Bean(initMethod = "start", destroyMethod = "stop")
	SettingsWatch settingsWatch(WatchedSettings<LimitRules> limits, WatchedSettings<TokenTable> tokens,
			MeterRegistry registry) {
		return new SettingsWatch(Map.of("limits", limits, "tokens", tokens), registry);
	}

	@Bean(destroyMethod = "stop")
	Identities identities(WatchedSettings<TokenTable> tokens) {
		return new Identities(tokens);
	}

	@Bean
	PushAccess pushAccess(PushToken token, Identities identities) {
		return new PushAccess(token, identities);
	}

	@Bean
	PushStore.Authorization pushAuthorization(PushAccess access) {
		return access::isRequired;
	}

	@Bean(initMethod = "start", destroyMethod = "stop")
	@ConditionalOnProperty(name = "push.check", havingValue = "edge", matchIfMissing = true)
	EdgeGate edgeGate(PushStore store, PushProperties properties, ReplayProperties replay, MeterRegistry registry) {
		EdgeGate gate = new EdgeGate(store, properties.maxTotalSeries(), replay.bytes(), System::currentTimeMillis);
		new EdgeMetrics(gate, properties.maxTotalSeries(), replay.bytes()).bindTo(registry);
		return gate;
	}

	@Bean
	Activity pushActivity() {
		return new Activity();
	}

	@Bean
	GroupRemover groupRemover(GroupGate gate, GroupSource source, ObjectProvider<EdgeGate> edge, PusherLedger ledger) {
		EdgeGate edgeGate = edge.getIfAvailable();
		return (edgeGate != null) ? new EdgeRemover(edgeGate, ledger) : new UpstreamRemover(gate, source, ledger);
	}

	@Bean(initMethod = "start", destroyMethod = "stop")
	Expiry groupExpiry(GroupSource source, GroupRemover remover, ObjectProvider<EdgeGate> edge,
			ExpiryProperties properties, Activity activity, MeterRegistry registry) {
		Expiry expiry = Expiry.of(settled(source, edge.getIfAvailable()), remover, properties.ttl(),
				properties.ttlJobs(), activity);
		FunctionCounter.builder("pushgateway.proxy.expired.groups", expiry, Expiry::expired)
			.description("Groups removed because they were not pushed to for longer than they may live")
			.register(registry);
		return expiry;
	}

	@Bean(initMethod = "start", destroyMethod = "stop")
	OverdueMetrics overdueMetrics(PusherLedger ledger, PushProperties properties, MeterRegistry registry) {
		return new OverdueMetrics(ledger, properties.maxJobs(), registry);
	}

	@Bean
	RouterFunction<ServerResponse> groupRoutes(PushAccess access, GroupSource source, ObjectProvider<EdgeGate> edge,
			GroupRemover remover) {
		GroupsHandler handler = new GroupsHandler(access, settled(source, edge.getIfAvailable()), remover);
		return RouterFunctions.route()
			.route((request) -> request.method() == HttpMethod.DELETE && isListOfGroups(request), handler::delete)
			.build();
	}

	private static boolean isListOfGroups(ServerRequest request) {
		String path = request.uri().getRawPath();
		return "/metrics".equals(path) || "/api/groups".equals(path);
	}

	@Bean
	RouterFunction<ServerResponse> dryRunRoutes(PushProperties properties, PushAccess access,
			WatchedSettings<LimitRules> limits, MemoryBudget budget, ObjectProvider<EdgeGate> edge, PushStore store) {
		EdgeGate edgeGate = edge.getIfAvailable();
		DryRunHandler handler = new DryRunHandler(properties, access, limits, budget,
				(edgeGate != null) ? edgeGate : new FreshPreview(store));
		return RouterFunctions.route()
			.route((request) -> (request.method() == HttpMethod.POST || request.method() == HttpMethod.PUT)
					&& PushPath.isCheckAddress(request.uri().getRawPath()), handler::check)
			.build();
	}

	// An unchecked Pushgateway answers before it stores.
	private static GroupSource settled(GroupSource source, @Nullable EdgeGate edge) {
		return (edge != null) ? new SettledGroups(source, edge) : source;
	}

	@Bean
	MemoryBudget memoryBudget(PushProperties properties) {
		return new MemoryBudget(properties.maxInFlightBytes().toBytes());
	}

	@Bean
	PushFilter pushFilter(PushProperties properties, PushAccess access, WatchedSettings<LimitRules> limits,
			MemoryBudget budget, GroupGate gate, ObjectProvider<EdgeGate> edge, PusherLedger ledger, Activity activity,
			MeterRegistry registry) {
		PushObserver observer = new PushObserver(new PushMetrics(registry, properties, budget), new AccessLog(),
				ledger);
		EdgeGate edgeGate = edge.getIfAvailable();
		PushRoute route = (edgeGate != null) ? new EdgeRoute(properties.mode(), edgeGate)
				: new UpstreamRoute(properties.mode(), gate);
		return new PushFilter(properties, access, limits, budget, route, observer, activity);
	}

}
