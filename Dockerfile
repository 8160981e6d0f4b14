# Build with everything, ship with what is needed to run.
FROM docker.io/library/node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json nest-cli.json ./
COPY apps apps
COPY libs libs
COPY proto proto
RUN npm run build && npm prune --omit=dev --no-audit --no-fund \
    # onnxruntime-node holds the binaries of every platform: keep this one's.
    && find node_modules/onnxruntime-node/bin -mindepth 3 -maxdepth 3 -type d \
       ! -path "*/linux/$(node -p process.arch)" -exec rm -rf {} +

FROM docker.io/library/node:24-trixie-slim
# The C library would keep some 15 MB that nobody uses: a memory pool for each thread, and all that a large block once took.
ENV GLIBC_TUNABLES=glibc.malloc.arena_max=2:glibc.malloc.trim_threshold=1048576:glibc.malloc.mmap_threshold=1048576
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/data MODELS_DIR=/app/models
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY models models
USER node
VOLUME /data
EXPOSE 8000 8001 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# SageMaker starts the image with the argument `serve`.
ENTRYPOINT ["node", "dist/apps/api/src/main.js"]
