groupadd --system --gid 999 rabbitmq
useradd --system --uid 999 --gid rabbitmq --home-dir /var/lib/rabbitmq --no-create-home --shell /bin/bash rabbitmq
