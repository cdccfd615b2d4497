#include "host/alarm.h"

#include <unistd.h>

#ifdef __linux__
#include <sys/timerfd.h>
#endif

#ifdef __linux__
static void on_expiry(uv_poll_t *poll, int status, int events) {
    const moon_alarm *alarm = poll->data;
    uint64_t expirations;
    /* Unread, it would stay readable; that it woke the loop is all that matters. */
    ssize_t size = read(alarm->fd, &expirations, sizeof expirations);
    (void)size;
}

static bool init_precise(moon_alarm *alarm, uv_loop_t *loop) {
    alarm->fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (alarm->fd < 0) {
        return false;
    }
    if (uv_poll_init(loop, &alarm->poll, alarm->fd) != 0) {
        close(alarm->fd);
        alarm->fd = -1;
        return false;
    }
    alarm->poll.data = alarm;
    return uv_poll_start(&alarm->poll, UV_READABLE, on_expiry) == 0;
}

static void set_precise(const moon_alarm *alarm, mb_time delay) {
    struct itimerspec when = {.it_value = {0, 0}};
    if (delay >= 0) {
        /* A value of zero would take the alarm off. */
        mb_time wait = delay > 0 ? delay : 1;
        when.it_value.tv_sec = (time_t)(wait / (1000 * MB_MILLISECOND));
        when.it_value.tv_nsec = (long)(wait % (1000 * MB_MILLISECOND));
    }
    timerfd_settime(alarm->fd, 0, &when, NULL);
}
#else
static bool init_precise(moon_alarm *alarm, uv_loop_t *loop) {
    alarm->fd = -1;
    return false;
}

static void set_precise(const moon_alarm *alarm, mb_time delay) {}
#endif

static void on_timer(uv_timer_t *timer) {}

bool moon_alarm_init(moon_alarm *alarm, uv_loop_t *loop) {
    return init_precise(alarm, loop) || uv_timer_init(loop, &alarm->timer) == 0;
}

void moon_alarm_set(moon_alarm *alarm, mb_time delay) {
    if (alarm->fd >= 0) {
        set_precise(alarm, delay);
    } else if (delay < 0) {
        uv_timer_stop(&alarm->timer);
    } else {
        uv_update_time(alarm->timer.loop);
        uint64_t milliseconds = (uint64_t)((delay + MB_MILLISECOND - 1) / MB_MILLISECOND);
        uv_timer_start(&alarm->timer, on_timer, milliseconds, 0);
    }
}

static void on_close(uv_handle_t *handle) {
    const moon_alarm *alarm = handle->data;
    if (alarm->fd >= 0) {
        close(alarm->fd);
    }
}

void moon_alarm_close(moon_alarm *alarm) {
    uv_handle_t *handle =
        alarm->fd >= 0 ? (uv_handle_t *)&alarm->poll : (uv_handle_t *)&alarm->timer;
    handle->data = alarm;
    uv_close(handle, on_close);
}
