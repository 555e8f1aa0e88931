import { expect, test } from 'vitest';
import { chainOf, servicesInRules, targetsInRules } from './rules.ts';

/** Un trozo de lo que kube-proxy 1.37.1 escribe en un nodo del taller. */
const rules = `table ip kube-proxy {
	map service-ips {
		type ipv4_addr . inet_proto . inet_service : verdict
		elements = { 10.96.8.18 . tcp . 80 : goto service-AAAA1111-lab-05-6xcx/web/tcp/http }
	}

	chain service-AAAA1111-lab-05-6xcx/web/tcp/http {
		meta l4proto tcp dnat ip to numgen random mod 3 map { 0 : 10.244.1.253 . 8080, 1 : 10.244.1.2 . 8080,
								      2 : 10.244.3.5 . 8080 }
	}

	chain service-BBBB2222-lab-05-6xcx/heredado/tcp/http {
		meta l4proto tcp dnat to 10.244.3.7:8080
	}
}
`;

test('de las reglas de un nodo se lee a dónde manda cada Service', () => {
  expect(targetsInRules(rules, 'lab-05-6xcx/web/tcp/http')).toEqual(['10.244.1.253:8080', '10.244.1.2:8080', '10.244.3.5:8080']);
  expect(targetsInRules(rules, 'lab-05-6xcx/heredado/tcp/http')).toEqual(['10.244.3.7:8080']);
  expect(targetsInRules(rules, 'lab-05-6xcx/sin-ip/tcp/http')).toEqual([]);
});

test('el sorteo se enseña en una línea, y se sabe qué Services han dejado alguno', () => {
  expect(chainOf(rules, 'lab-05-6xcx/web/tcp/http')).toBe(
    'meta l4proto tcp dnat ip to numgen random mod 3 map { 0 : 10.244.1.253 . 8080, 1 : 10.244.1.2 . 8080, 2 : 10.244.3.5 . 8080 }',
  );
  expect(servicesInRules(rules, 'lab-05-6xcx')).toEqual(['heredado', 'web']);
  expect(servicesInRules(rules, 'otro')).toEqual([]);
});
