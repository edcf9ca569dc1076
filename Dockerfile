# The bot alone, for a real DingTalk app: no demo, no sandbox, no tests. docs/operating.md says how it is run; it was never built there
# where it was written.
ARG NODE=20.20

FROM node:${NODE}-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --omit=dev --no-audit --no-fund && node scripts/build.mjs

FROM node:${NODE}-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 DATA_DIR=/data
COPY --from=build /app /app
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 CMD ["node", "deploy/is-ready.mjs"]
CMD ["node", "dist/src/main.js"]
