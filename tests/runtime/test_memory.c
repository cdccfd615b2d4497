#include "fixture.h"
#include "memory.h"

typedef struct account {
    size_t in_use;
    size_t calls;
} account;

static void *keep_account(void *context, void *block, size_t old_size, size_t new_size) {
    account *a = context;
    a->in_use += new_size - (block ? old_size : 0);
    a->calls++;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

static void a_freed_block_is_used_again(void **state) {
    account a = {0};
    mb_memory memory;
    (void)state;
    mb_memory_init(&memory, keep_account, &a, false);
    void *first = mb_memory_get(&memory, 40);
    void *second = mb_memory_get(&memory, 40);
    assert_non_null(first);
    assert_ptr_not_equal(first, second);
    mb_memory_put(&memory, first, 40);
    assert_ptr_equal(mb_memory_get(&memory, 33), first); /* 33 to 40 bytes are one class */
    mb_memory_put(&memory, second, 40);
    assert_ptr_not_equal(mb_memory_get(&memory, 32), second);
    assert_int_equal(a.calls, 1);
    mb_memory_finish(&memory);
    assert_int_equal(a.in_use, 0);
}

static void small_blocks_need_few_calls(void **state) {
    enum { COUNT = 100000 };
    account a = {0};
    mb_memory memory;
    void **blocks = malloc(COUNT * sizeof *blocks);
    (void)state;
    mb_memory_init(&memory, keep_account, &a, false);
    for (size_t i = 0; i < COUNT; i++) {
        blocks[i] = mb_memory_get(&memory, 64);
        assert_non_null(blocks[i]);
        memset(blocks[i], (int)(i & 0xff), 64);
    }
    assert_true(a.calls < 100);
    size_t calls = a.calls;
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(((unsigned char *)blocks[i])[63], i & 0xff);
        mb_memory_put(&memory, blocks[i], 64);
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_non_null(mb_memory_get(&memory, 64));
    assert_int_equal(a.calls, calls);
    mb_memory_finish(&memory);
    assert_int_equal(a.in_use, 0);
    free(blocks);
}

static void resizing_keeps_what_is_in_it(void **state) {
    static const size_t sizes[] = {1,  8,   9,    8,  500,  MB_SMALL, MB_SMALL + 1, 5000,
                                   60, 600, 8000, 90, 9000, 1000,     MB_SMALL,     3};
    for (int unpooled = 0; unpooled < 2; unpooled++) {
        account a = {0};
        mb_memory memory;
        (void)state;
        mb_memory_init(&memory, keep_account, &a, unpooled);
        size_t size = 0;
        unsigned char *block = NULL;
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            size_t kept = size < sizes[i] ? size : sizes[i];
            block = mb_memory_resize(&memory, block, size, sizes[i]);
            assert_non_null(block);
            size = sizes[i];
            for (size_t at = 0; at < kept; at++)
                assert_int_equal(block[at], (at * 7) & 0xff);
            for (size_t at = 0; at < size; at++)
                block[at] = (unsigned char)(at * 7);
        }
        assert_null(mb_memory_resize(&memory, block, size, 0));
        mb_memory_finish(&memory);
        assert_int_equal(a.in_use, 0);
    }
}

static void every_block_is_aligned_to_eight(void **state) {
    account a = {0};
    mb_memory memory;
    (void)state;
    mb_memory_init(&memory, keep_account, &a, false);
    for (size_t size = 1; size <= MB_SMALL; size++)
        for (int i = 0; i < 3; i++)
            assert_int_equal((uintptr_t)mb_memory_get(&memory, size) % 8, 0);
    mb_memory_finish(&memory);
    assert_int_equal(a.in_use, 0);
}

static void neighbours_do_not_overlap(void **state) {
    enum { COUNT = 2000 };
    static unsigned char *blocks[COUNT];
    static size_t sizes[COUNT];
    mb_memory memory;
    (void)state;
    mb_memory_init(&memory, NULL, NULL, false);
    for (size_t i = 0; i < COUNT; i++) {
        sizes[i] = i * 37 % 700 + 1;
        blocks[i] = mb_memory_get(&memory, sizes[i]);
        memset(blocks[i], (int)(i % 251), sizes[i]);
    }
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(blocks[i][at], i % 251);
        mb_memory_put(&memory, blocks[i], sizes[i]);
    }
    mb_memory_finish(&memory);
}

static void two_memories_stand_side_by_side(void **state) {
    account a = {0}, b = {0};
    mb_memory left, right;
    (void)state;
    mb_memory_init(&left, keep_account, &a, false);
    mb_memory_init(&right, keep_account, &b, false);
    void *mine = mb_memory_get(&left, 16);
    mb_memory_put(&left, mine, 16);
    assert_int_equal(b.calls, 0);
    assert_ptr_not_equal(mb_memory_get(&right, 16), mine);
    mb_memory_finish(&right);
    assert_int_equal(b.in_use, 0);
    assert_ptr_equal(mb_memory_get(&left, 16), mine);
    mb_memory_finish(&left);
    assert_int_equal(a.in_use, 0);
}

static void large_and_unpooled_blocks_go_back_at_once(void **state) {
    account a = {0};
    mb_memory memory;
    (void)state;
    mb_memory_init(&memory, keep_account, &a, false);
    mb_memory_put(&memory, mb_memory_get(&memory, MB_SMALL + 1), MB_SMALL + 1);
    assert_int_equal(a.in_use, 0);
    mb_memory_finish(&memory);
    mb_memory_init(&memory, keep_account, &a, true);
    mb_memory_put(&memory, mb_memory_get(&memory, 8), 8);
    mb_memory_put(&memory, NULL, 8);
    assert_int_equal(a.in_use, 0);
    mb_memory_finish(&memory);
}

static void *refuse(void *context, void *block, size_t old_size, size_t new_size) {
    (void)old_size;
    (*(size_t *)context)++;
    assert_true(new_size > 0 || block == NULL);
    return NULL;
}

static void no_memory_is_null(void **state) {
    for (int unpooled = 0; unpooled < 2; unpooled++) {
        size_t asked = 0;
        mb_memory memory;
        (void)state;
        mb_memory_init(&memory, refuse, &asked, unpooled);
        assert_null(mb_memory_get(&memory, 8));
        assert_null(mb_memory_zeroed(&memory, 8000));
        assert_null(mb_memory_resize(&memory, NULL, 0, 100));
        assert_int_equal(asked, 3);
        mb_memory_finish(&memory);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_freed_block_is_used_again),
        cmocka_unit_test(small_blocks_need_few_calls),
        cmocka_unit_test(resizing_keeps_what_is_in_it),
        cmocka_unit_test(every_block_is_aligned_to_eight),
        cmocka_unit_test(neighbours_do_not_overlap),
        cmocka_unit_test(two_memories_stand_side_by_side),
        cmocka_unit_test(large_and_unpooled_blocks_go_back_at_once),
        cmocka_unit_test(no_memory_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
