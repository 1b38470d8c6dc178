# Factbot in a container: docker build -t factbot .   How to run it: docs/operating.md, or `docker compose up -d`.

FROM python:3.13-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends binutils
RUN python -m venv --without-pip /venv
COPY requirements.lock /
# Only wheels, only those in the lock file, only with their hashes: nothing is compiled or run here.
RUN python -m pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check --no-compile \
      --only-binary :all: --require-hashes -r /requirements.lock
# What only developers of these libraries need, and what they bring for commands and cards that nothing here has:
# sqlite-utils' `install` (pip), rich's highlighted code and Markdown (pygments, markdown_it), numpy's compilers and dice,
# discord.py's commands by prefix.
RUN cd /venv/lib/python3.13/site-packages \
 && rm -rf pip pip-*.dist-info pygments* markdown_it* mdurl* discord/bin discord/ext \
      numpy/f2py numpy/random numpy/testing numpy/_core/_simd.*.so numpy/_core/*_tests.*.so \
 && find /venv/bin -mindepth 1 ! -name 'python*' -delete \
 && find . -depth -type d \( -name tests -o -name include \) -exec rm -rf '{}' + \
 && find . -type f \( -name '*.pyi' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.a' -o -name '*.c' -o -name '*.h' \) -delete \
 && find . -type f -name '*.so*' -exec strip --strip-unneeded '{}' +
# Factbot is pure Python and runs from where it lies: nothing unpinned is needed to build it.
COPY facts.db /app/facts.db
COPY adapters /app/adapters
COPY bot /app/bot
RUN python -m compileall -q /venv/lib /app

# The system: as it comes, without what installs software (and Perl, which only that needs), or what a bot has no use for.
FROM python:3.13-slim AS system
RUN cd /usr/local/lib/python3.13 \
 && rm -rf site-packages/* ensurepip idlelib tkinter turtle.py turtledemo pydoc_data config-* lib-dynload/_test* \
      /usr/local/include /usr/local/bin/pip* /usr/local/bin/idle* \
# A number, not a name, says who runs it: so Kubernetes can tell that this is not root.
 && groupadd --gid 10001 factbot && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data factbot \
 && install -d -o factbot -g factbot /data && python -m compileall -q . \
 && dpkg --purge --force-depends --force-remove-essential --force-remove-protected \
      apt sqv perl-base $(dpkg-query --show --showformat '${Package} ' 'libapt-pkg*') \
 && rm -rf /usr/lib/*/gconv /usr/share/doc/* /var/cache/* /var/log/* /var/lib/apt /tmp/* "$HOME/.cache"

FROM scratch
COPY --from=system / /
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001:10001
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 FACTS_DB=/data/facts.db MALLOC_TRIM_THRESHOLD_=131072
# The last one gives memory back to the machine that an index needed while it was built anew.
WORKDIR /data
VOLUME /data
# Fails when the bot no longer answers or cannot save: it looks for a heartbeat that the bot wrote into its database.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=2 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot.command.container"]
